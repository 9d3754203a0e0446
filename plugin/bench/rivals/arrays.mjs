// What the npm rivals share: one function over arrays, and its result as columns in the order of our outputs.

/**
 * `run` is what is measured. `read` makes columns of the result, unless it is one. `because` says in what the library
 * is known to differ: it is shown when its values do.
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
 * Columns of records with some fields; what is not there yet is NaN.
 *
 * @param {...string} fields
 */
export function fieldsOf(...fields) {
  return (/** @type {any[]} */ records) =>
    fields.map((field) => records.map((record) => record?.[field] ?? Number.NaN));
}
