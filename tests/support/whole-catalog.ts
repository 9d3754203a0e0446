/** A program over the whole catalog, whose output shows a change of any bit of any value. */

/** Prints the engine, and a hash of all values of each indicator over the bars of the package. */
export const WHOLE_CATALOG = `
  import { createHash } from "node:crypto";
  import { readFileSync } from "node:fs";
  import { ta } from "nodejs-polars-ta/arrays";
  import { ta as arrow } from "nodejs-polars-ta/arrow";
  import { stocks } from "nodejs-polars-ta/data";
  import { makeVector, Table } from "apache-arrow";

  const [names, ...rows] = readFileSync(stocks, "utf8").trim().split("\\n").map((line) => line.split(","));
  const bars = Object.fromEntries(
    names.slice(2).map((name, at) => [name, Float64Array.from(rows, (row) => Number(row[at + 2]))]),
  );
  const hash = (columns) => {
    const sum = createHash("sha1");
    for (const one of columns) {
      const numbers = Float64Array.from(one, (value) => (value === null ? NaN : Number(value)));
      for (const [row, value] of numbers.entries()) if (Number.isNaN(value)) numbers[row] = NaN;
      sum.update(new Uint8Array(numbers.buffer));
    }
    return sum.digest("base64");
  };
  const all = {};
  for (const { id, semantics } of ta.catalog()) {
    const inputs = semantics.input_slots.map(({ name, default: usual }) => [name, bars[usual] ?? bars.close]);
    const options = semantics.default_lookahead > 0 ? { allowLookahead: true } : {};
    all[id] = hash(Object.values(ta.compute(id, Object.fromEntries(inputs), options)));
  }
  const table = new Table(Object.fromEntries(Object.entries(bars).map(([name, data]) => [name, makeVector(data)])));
  all.table = hash([[...arrow.compute(table, ["sma(rsi(14), 5) as trend"]).getChild("trend")]]);
  console.log(JSON.stringify({ engine: ta.info().engine, all }));
`;
