// Shared code of the npm rivals: one function over arrays, and its result as columns in the order
// of our outputs.

/**
 * `run` is measured. `read` makes columns of its result, unless that is one column. `because` says
 * how the library is known to differ; the report shows it if the values differ.
 *
 * @typedef {{ run: (bars: any, params: any) => any, read?: (result: any) => ArrayLike<number>[], because?: string }} ArrayCall
 */

/** @param {Record<string, ArrayCall>} functions */
export function arraySide(functions) {
  const callOf = (spec) => functions[spec.indicators[0].id];
  return {
    /** @param {any} spec @param {any} bars */
    call(spec, bars) {
      const found = callOf(spec);
      const [{ params }] = spec.indicators;
      return found && (() => found.run(bars, params));
    },
    /** @param {any} result @param {any} spec */
    columns(result, spec) {
      const { read = (values) => [values] } = callOf(spec);
      return read(result);
    },
    /** @param {any} spec */
    because: (spec) => callOf(spec)?.because,
  };
}

/**
 * Makes columns of records; a missing value is NaN.
 *
 * @param {...string} fields
 */
export function fieldsOf(...fields) {
  return (/** @type {any[]} */ records) =>
    fields.map((field) => records.map((record) => record?.[field] ?? Number.NaN));
}
