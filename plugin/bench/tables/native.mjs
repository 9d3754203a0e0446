// The expression plugin, which polars runs without copies: in Python through our wheel, in Node with
// a nodejs-polars that can load plugins.
import { newTable, verdict, versus } from "../rows.mjs";
import { present } from "../sides.mjs";
import { fifty, perSymbol, short, specOf } from "../specs.mjs";
import { columns as firstColumns, note as firstNote, inProcesses } from "./first.mjs";

export const title = "The expression plugin, in Python and in native mode of Node";

const single = [
  { id: "sma", params: { period: 20 }, own: "rollingMean(20)" },
  { id: "ema", params: { period: 20 }, own: "ewmMean({ alpha: 2 / 21 })" },
];

/** Ours in both languages; each is measured against all rivals. */
const ours = ["wheel", "host"];
const rivals = ["fast", "talibPolars", "wickra"];

/** The number of the targets in docs/performance.md. */
const TARGET = 11;

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const table = { ...newTable(), note: firstNote(options) };
  const firsts = /** @type {any[]} */ ([]);
  for (const { name, spec, own, limit } of cases(options)) {
    for (const side of ours.filter(present)) {
      const native = own
        ? ["hostPlain", "native"].map((rival) => ({
            side: rival,
            label:
              rival === "native" ? `nodejs-polars as released: ${own}` : `the same build: ${own}`,
            spec,
          }))
        : [];
      const contenders = [side, ...rivals].map((one) => ({ side: one, spec }));
      const all = side === "host" ? [...contenders, ...native] : contenders;
      const measured = await versus(table, `${name}, ${languages[side]}`, options, all);
      table.verdicts.push(...measured.atMost(TARGET, limit, "polars-talib-fast"));
      if (own) table.verdicts.push(...measured.atMost(TARGET, 0.35, `the same build: ${own}`));
      firsts.push(...(await firstCalls(table, `${name}, ${languages[side]}`, options, all)));
    }
  }
  table.parts.push({ columns: firstColumns, rows: firsts });
  return table;
}

/** @type {Record<string, string>} */
const languages = { wheel: "Python", host: "Node" };

/** @param {import("../options.mjs").Options} options */
function cases({ quick }) {
  const rows = quick ? 1e5 : 1e6;
  const shape = quick ? { rows: 1e5, groups: 100 } : { rows: 1e7, groups: 1000 };
  const prices = { columns: ["high", "low", "close"], over: "symbol" };
  return [
    ...single.map(({ own, ...indicator }) => ({
      name: `${indicator.id}(20), ${short(rows)} rows`,
      spec: specOf({ rows }, [indicator], { columns: ["close"], build: true }),
      own,
      limit: 0.8,
    })),
    { name: `50 features, ${short(rows)} rows`, spec: specOf({ rows }, fifty), limit: 0.6 },
    ...["contiguous", "interleaved"].map((order) => ({
      name: `4 indicators, ${shape.groups.toLocaleString("en-US")} symbols, ${short(shape.rows)} rows, ${order}`,
      spec: specOf({ ...shape, order }, perSymbol, prices),
      limit: order === "contiguous" ? 0.35 : 0.5,
    })),
  ];
}

/**
 * First calls of processes, with a verdict.
 *
 * @param {any} table
 * @param {string} name
 * @param {import("../options.mjs").Options} options
 * @param {any[]} contenders
 */
async function firstCalls(table, name, options, contenders) {
  const rows = await inProcesses(contenders, options.repeat);
  const fast = rows.find(({ side }) => side === "fast");
  if (rows[0]?.first !== undefined && fast?.first !== undefined) {
    const what = `${name}: ${rows[0].label} / ${fast.label}, first call`;
    table.verdicts.push(verdict(TARGET, what, rows[0].first / fast.first, 0.8));
  }
  // What has no such function is named in the first part.
  return rows.filter(({ note }) => note === undefined).map((row) => ({ case: name, ...row }));
}
