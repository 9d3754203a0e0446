// Shared code of the npm rivals that take one bar after another: objects, one for each feature of
// each symbol. Results are only collected in an array, so that no rival pays for rows.
import { barOf, candlesOf } from "./candles.mjs";

/**
 * How a feature takes a bar: makes a function from a bar to its values from the parameters.
 *
 * @typedef {(params: any) => (bar: any) => any} Machine
 */

/**
 * @param {Record<string, Machine>} machines by our ids of indicators
 * @param {Record<string, string>} fields which field is our first output, where there are several
 */
export function machineSide(machines, fields) {
  return {
    /** @param {any} spec @param {any} columns */
    call({ indicators, live }, columns) {
      const { symbols, warm, updates } = live;
      const bars = candlesOf(columns);
      const each = Array.from({ length: symbols }, () =>
        indicators.map(({ id, params }) => machines[id](params)),
      );
      const values = Array.from({ length: indicators.length });
      let row = 0;
      const step = () => {
        for (let symbol = 0; symbol < symbols; symbol += 1) {
          const bar = bars[barOf(row, symbol, bars.length)];
          const own = each[symbol];
          for (let index = 0; index < own.length; index += 1) values[index] = own[index](bar);
        }
        row += 1;
      };
      for (let done = 0; done < warm; done += 1) step();
      return () => {
        for (let done = 0; done < updates; done += 1) step();
        return values;
      };
    },
    /** The first output of each feature at the last bar. @param {any[]} values @param {any} spec */
    columns: (values, { indicators }) =>
      indicators.map(({ id }, index) => [fields[id] ? values[index][fields[id]] : values[index]]),
  };
}
