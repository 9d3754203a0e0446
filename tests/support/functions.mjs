// Prints every function that nodejs-polars exports or hangs on its objects: name, length, source
// and what hangs on it. With "with-ta" as an argument, the package is imported first.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
if (process.argv[2] === "with-ta") await import("nodejs-polars-ta");
const pl = require("nodejs-polars");

/** @type {Record<string, string[]>} */
const found = {};

/** @param {string} path @param {unknown} value */
function describe(path, value) {
  if (typeof value !== "function") return;
  const own = Reflect.ownKeys(value).map(String).sort().join(" ");
  const source = value.toString();
  found[path] = [value.name, String(value.length), source, own];
}

/** @param {string} path @param {object} value @param {(string | symbol)[]} keys */
function members(path, value, keys = Reflect.ownKeys(value)) {
  for (const key of keys) {
    if (key === "ta" || key === "constructor") continue;
    let member;
    try {
      member = Reflect.get(value, key);
    } catch {
      continue;
    }
    const at = `${path}.${String(key)}`;
    describe(at, member);
    if (typeof member !== "function") continue;
    for (const name of Reflect.ownKeys(member)) {
      if (name === "prototype") members(`${at}.prototype`, member.prototype ?? {});
      else describe(`${at}.${String(name)}`, Reflect.get(member, name));
    }
  }
}

const modules = [
  "lazy/expr",
  "lazy/dataframe",
  "lazy/groupby",
  "dataframe",
  "groupby",
  "series",
  "index",
];
for (const name of modules) members(name, require(`nodejs-polars/bin/${name}`));
members("native", require("nodejs-polars/bin/internals/polars_internal").default);
members("pl", pl);

const frame = pl.DataFrame({ key: ["a", "b"], x: [1, 2], at: [new Date(0), new Date(1)] });
const series = frame.getColumn("x");
const objects = {
  frame,
  "frame.select": frame.select("x"),
  lazy: frame.lazy(),
  "lazy.select": frame.lazy().select("x"),
  groupBy: frame.groupBy("key"),
  series,
  "series.shift": series.shift(1),
  "series.str": frame.getColumn("key").str,
  "series.dt": frame.getColumn("at").dt,
  "pl.Series": pl.Series("y", [1]),
  "Series.from": pl.Series.from([1]),
  expr: pl.col("x"),
  "expr.add": pl.col("x").add(1),
};
for (const [name, object] of Object.entries(objects)) members(name, object);
// Of the package's own making, where it is there; what it has of polars stands further up.
const made = process.argv[2] === "with-ta" ? objects.expr.ta.sma(2) : objects.expr;
members("expr.ta", made, Reflect.ownKeys(objects.expr));
console.log(JSON.stringify(found));
