// Makes many calls that must fail, over the whole catalog, and prints what the process holds
// early and at the end, and what it computes then.
import { readdirSync, readFileSync } from "node:fs";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";

const [early = "", calls = ""] = process.argv.slice(2);

const close = Array.from({ length: 100 }, (_, row) => 100 + 10 * Math.sin(row));
const df = pl.DataFrame({
  close,
  gap: close.map((value, row) => (row === 50 ? null : value)),
  text: close.map(String),
});

/** @param {import("nodejs-polars-ta").IndicatorMeta} meta @param {string} column */
const inputs = (meta, column) =>
  Object.fromEntries(meta.semantics.input_slots.map(({ name }) => [name, column]));

/** @type {((meta: import("nodejs-polars-ta").IndicatorMeta) => unknown)[]} */
const refused = [
  ({ id }) => ta.indicator(`no ${id}`),
  (meta) => ta.indicator(meta.id, { nonsense: 1 }, inputs(meta, "close")),
  (meta) => ta.indicator(meta.id, { missing: "sometimes" }, inputs(meta, "close")),
  ({ id, params }) => ta.indicator(id, { [params[0]?.name ?? "none"]: Number.NaN }),
  ({ id, params }) => ta.indicator(id, { [params[0]?.name ?? "none"]: 1e99 }),
  ({ id, params }) => ta.indicator(id, { [params.at(-1)?.name ?? "none"]: {} }),
  ({ id }) =>
    /** @type {any} */ (df.getColumn("close")).ta[id](1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  (meta) => df.select(ta.indicator(meta.id, {}, inputs(meta, "text"))),
  (meta) => df.select(ta.indicator(meta.id, {}, inputs(meta, "nowhere"))),
  (meta) => df.select(ta.indicator(meta.id, { missing: "error" }, inputs(meta, "gap"))),
  (meta) =>
    df
      .lazy()
      .select(ta.indicator(meta.id, {}, inputs(meta, "text")))
      .collect(),
];

/** Wrappers that nobody holds keep their native memory until they are collected. */
async function tidy() {
  globalThis.gc?.();
  await new Promise(setImmediate);
}

async function held() {
  for (let pass = 0; pass < 3; pass += 1) await tidy();
  const status = readFileSync("/proc/self/status", "utf8");
  return {
    descriptors: readdirSync("/proc/self/fd").length,
    kilobytes: Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]),
  };
}

let before;
let made = 0;
for (let round = 0; made < Number(calls); round += 1) {
  for (const [index, meta] of ta.catalog().entries()) {
    // Every round meets each indicator with another call.
    const fails = refused[(round + index) % refused.length];
    let failure;
    try {
      await fails?.(meta);
    } catch (error) {
      failure = error;
    }
    if (!(failure instanceof Error) || /internal error|panic/.test(failure.message)) {
      throw new Error(`${meta.id}: ${fails} ended with ${failure}`);
    }
    made += 1;
    if (made % 100 === 0) await tidy();
    if (made === Number(early)) before = await held();
  }
}
const works = df.select(pl.col("close").ta.sma(2).alias("x"), "close").toRecords();
console.log(JSON.stringify({ early: before, late: await held(), made, works }));
