// Stores a stream of this version with every indicator, and the rows that follow, in
// golden/snapshots: later versions must go on with the same values, or name what they cannot read.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ta } from "nodejs-polars-ta";
import { stocks } from "./pictures/stocks.mjs";

/** Bars before the snapshot: all indicators have values. Bars after it. */
const [BEFORE, AFTER] = [340, 10];
/** The columns of a bar. */
const USUAL = ["open", "high", "low", "close", "volume"];

const root = new URL("../../", import.meta.url);
const folder = new URL("golden/snapshots/", root);
const { version } = JSON.parse(readFileSync(new URL("plugin/package.json", root), "utf8"));

const slots = ta.catalog().flatMap(({ semantics }) => semantics.input_slots);
/** @type {Record<string, number | string | null>[]} */
const records = stocks()
  .toRecords()
  .slice(0, BEFORE + AFTER);
// Inputs without a usual column read one of their own name.
const bars = records.map((record, row) => {
  const usual = USUAL.map((name) => [name, record[name]]);
  const own = slots
    .filter(({ name, default: column }) => column === undefined && !USUAL.includes(name))
    .map(({ name, kind }) => [name, kind === "key" ? Math.floor(row / 20) : (row * 7) % 31]);
  return Object.fromEntries([...own, ...usual]);
});

/** @param {import("nodejs-polars-ta").IndicatorMeta} meta */
const callOf = ({ id, semantics }) => {
  const own = semantics.input_slots.filter(({ default: column }) => column === undefined);
  return `${id}(${own.map(({ name }) => `${name}=\`${name}\``).join(", ")})`;
};

/** @param {string} text */
const isTaken = (text) => {
  try {
    ta.stream({ features: [text] });
    return true;
  } catch {
    return false;
  }
};

const features = ta
  .catalog()
  .map(callOf)
  .filter(isTaken)
  .map((expr, index) => ({ expr, as: `f${index}` }));
const live = ta.stream({ features, time: false, amend: 2 });
live.warm(bars.slice(0, BEFORE));
const bytes = live.snapshot();
const rest = bars.slice(BEFORE);
const rows = rest.map((bar) => live.update(bar));

mkdirSync(folder, { recursive: true });
const lines = (/** @type {object[]} */ list) =>
  `[\n${list.map((o) => JSON.stringify(o)).join(",\n")}\n]`;
writeFileSync(new URL(`${version}.snapshot`, folder), bytes);
writeFileSync(
  new URL(`${version}.json`, folder),
  `{\n"bars": ${lines(rest)},\n"rows": ${lines(rows)}\n}\n`,
);
console.log(`${fileURLToPath(folder)}${version}.snapshot: ${features.length} indicators`);
