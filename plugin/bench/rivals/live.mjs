// Our streams.
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { barOf, candlesOf } from "./candles.mjs";

export const input = "arrays";

const prices = ["open", "high", "low", "close", "volume"];

/** A stream of many symbols, which has taken bars. @param {any} spec @param {any} columns */
function manyOf({ indicators, live: { symbols, warm, updates } }, columns) {
  const stream = ta.stream({ over: "symbol", features: featuresOf(indicators) });
  const keys = Array.from({ length: symbols }, (_, symbol) => `S${symbol}`);
  // The cross-sections are made before the measurement.
  const sections = Array.from({ length: warm + updates }, (_, row) =>
    sectionOf(columns, row, symbols),
  );
  const out = {};
  for (const section of sections.slice(0, warm)) stream.updateMany(keys, section, out);
  return { stream, keys, sections: sections.slice(warm), out };
}

function sectionOf(columns, row, symbols) {
  const count = columns.close.length;
  const section = prices.map((name) => {
    const of = (_, symbol) => columns[name][barOf(row, symbol, count)];
    return [name, Float64Array.from({ length: symbols }, of)];
  });
  return Object.fromEntries(section);
}

/** @param {any[]} indicators */
const featuresOf = (indicators) =>
  indicators.map(({ id, params, name }) => ({ id, params, as: name }));

/** A stream of one symbol, which has taken bars. @param {any} spec @param {any} columns */
function oneOf({ indicators, live: { warm } }, columns) {
  const bars = candlesOf(columns);
  const stream = ta.stream({ features: featuresOf(indicators) });
  for (let row = 0; row < warm; row += 1) stream.update(bars[row % bars.length]);
  return { stream, bars };
}

/** What a request may measure; each makes the call. */
const calls = {
  update(spec, columns) {
    const { stream, bars } = oneOf(spec, columns);
    let row = spec.live.warm;
    return () => {
      let found;
      for (let done = 0; done < spec.live.updates; done += 1) {
        found = stream.update(bars[row % bars.length]);
        row += 1;
      }
      return found;
    };
  },
  updateMany(spec, columns) {
    const { stream, keys, sections, out } = manyOf(spec, columns);
    return () => {
      for (const section of sections) stream.updateMany(keys, section, out);
      return stream.last(keys.at(-1));
    };
  },
  /** From the configuration to the row of the first bar. */
  open(spec, columns) {
    const [bar] = candlesOf(columns);
    const features = featuresOf(spec.indicators);
    return () => ta.stream({ features }).update(bar);
  },
  snapshot(spec, columns) {
    const { stream } = manyOf(spec, columns);
    return () => stream.snapshot();
  },
  restore(spec, columns) {
    const bytes = manyOf(spec, columns).stream.snapshot();
    return () => ta.restore(bytes);
  },
  /** The bytes of a symbol: in a snapshot, and in memory. */
  bytes(spec, columns) {
    const { stream } = manyOf(spec, columns);
    const { keys, bytesPerKey } = stream.info();
    return () => [stream.snapshot().length / keys, bytesPerKey];
  },
  /** Nanoseconds of each update of one symbol. */
  each(spec, columns) {
    const { stream, bars } = oneOf(spec, columns);
    return () =>
      Float64Array.from({ length: spec.live.updates }, (_, row) => {
        const bar = bars[row % bars.length];
        const began = process.hrtime.bigint();
        stream.update(bar);
        return Number(process.hrtime.bigint() - began);
      });
  },
  warm(spec, columns) {
    const stream = ta.stream({ over: "symbol", features: featuresOf(spec.indicators) });
    const frame = frameOf(spec, columns);
    return () => stream.clone().warm(frame);
  },
  apply(spec, columns) {
    const pipeline = ta.pipeline({ over: "symbol", features: featuresOf(spec.indicators) });
    const frame = frameOf(spec, columns);
    return () => pipeline.apply(frame);
  },
};

/** A frame in which the rows of the symbols take turns. @param {any} spec @param {any} columns */
function frameOf({ live: { symbols } }, columns) {
  const series = prices.map((name) => pl.Series(name, Float64Array.from(columns[name])));
  const symbol = Array.from(columns.close, (_, row) => `S${row % symbols}`);
  return pl.DataFrame([pl.Series("symbol", symbol), ...series]);
}

/** @param {any} spec @param {any} columns */
export const call = (spec, columns) => calls[spec.live.what](spec, columns);

/** The first output of each feature at the last bar, or what was counted. */
export function columns(found) {
  if (found instanceof Float64Array) return [found];
  const values = Array.isArray(found) ? found : Object.values(found);
  return values.map((value) => [typeof value === "number" ? value : Object.values(value)[0]]);
}
