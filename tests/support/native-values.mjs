// Runs in native mode: computes the cases of python-cases.ts, and prints those whose columns are not
// what was written, to the last bit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";

const folder = process.argv[2] ?? "";
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** The leaves of a frame's columns as plain values, null where a row, or its struct, is null. */
function leaves(frame) {
  const table = tableFromIPC(frame.writeIPC({ compression: "uncompressed" }));
  return new Map(
    table.schema.fields.map(({ name, type }) => {
      const vector = table.getChild(name);
      const nulls = Array.from({ length: vector.length }, (_, row) => vector.isValid(row));
      const parts = type.children?.length
        ? type.children.map((f) => vector.getChild(f.name))
        : [vector];
      return [name, [String(type), nulls, ...parts.map((part) => [...part])]];
    }),
  );
}

const same = (a, b) =>
  Array.isArray(a) ? a.length === b.length && a.every((v, i) => same(v, b[i])) : Object.is(a, b);

function expression({ id, params, inputs, options, over }) {
  const { missing, allow_lookahead: allowLookahead } = options;
  const expr = ta.indicator(id, { ...params, missing, allowLookahead }, inputs);
  return over === null ? expr : expr.over(over);
}

const wrong = [];
let compared = 0;
for (const suite of read("suites.json")) {
  const frame = pl.readParquet(join(folder, `${suite}.frame.parquet`));
  const wanted = leaves(pl.readParquet(join(folder, `${suite}.wanted.parquet`)));
  const cases = read(`${suite}.json`);
  const exprs = cases.map((one) => expression(one).alias(one.name));
  const ways = {
    eager: frame.select(...exprs),
    lazy: await frame
      .lazy()
      .select(...exprs)
      .collect(),
  };
  for (const [way, made] of Object.entries(ways)) {
    const found = leaves(made);
    for (const { name } of cases) {
      compared += 1;
      if (!same(found.get(name), wanted.get(name))) wrong.push(`${suite}, ${way}: ${name}`);
    }
  }
}
console.log(JSON.stringify({ ...ta.info(), compared, wrong }));
