// Our calls over Arrow: a table in, a table out.
import { Float64, makeData, Table, Vector } from "apache-arrow";
import { ta } from "nodejs-polars-ta/arrow";
import { addon } from "../../dist/core/addon.js";

/** Whether results are written to new memory, whose pages the system must provide first. */
const fresh = process.env.BENCH_FRESH === "1";

export const input = "typed";

/**
 * @param {any} spec
 * @param {Record<string, Float64Array>} bars
 */
export function call({ indicators, over }, bars) {
  const columns = Object.entries(bars).map(([name, data]) => {
    const vector = new Vector([makeData({ type: new Float64(), data, length: data.length })]);
    return [name, vector];
  });
  const table = new Table(Object.fromEntries(columns));
  const wanted = indicators.map(({ name, ...indicator }) => ({ ...indicator, as: name }));
  if (fresh) addon.release();
  return () => ta.compute(table, wanted, over ? { over } : {});
}

/** @param {Table} table */
export const columns = (table) =>
  leaves(table).map((vector) => Float64Array.from(vector, (value) => Number(value ?? Number.NaN)));

/**
 * @param {Table} table
 * @returns {Vector[]}
 */
function leaves(table) {
  return table.schema.names.flatMap((name) => {
    const vector = table.getChild(name);
    const fields = vector.type.children ?? [];
    return fields.length > 0 ? fields.map((field) => vector.getChild(field.name)) : [vector];
  });
}

/** @param {Table | Record<string, Float64Array>} of */
export function bytes(of) {
  const parts = of instanceof Table ? leaves(of).flatMap(({ data }) => data) : Object.values(of);
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
