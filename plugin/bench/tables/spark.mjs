// Indicators in Spark on this machine: time against symbols and executors, beside Spark's window.
import { fileURLToPath } from "node:url";
import { Failure, run, say } from "../../tools/process.mjs";
import { spark } from "../install.mjs";
import { short } from "../specs.mjs";

export const title = "Spark: time against symbols and executors";

const script = fileURLToPath(new URL("../rivals/python/spark_scaling.py", import.meta.url));

const columns = [
  { key: "case", label: "what" },
  { key: "executors", label: "executors" },
  { key: "symbols", label: "symbols" },
  { key: "rows", label: "rows" },
  { key: "seconds", label: "median s" },
  { key: "cores", label: "core s per 1M rows" },
  { key: "growth", label: "time / that of the first line" },
  { key: "window", label: "it / Spark's window" },
];

/** @param {import("../options.mjs").Options} options */
export async function measure({ quick, repeat }) {
  if (spark.command === undefined) return { parts: [], verdicts: [], note: "Spark is left out." };
  const each = quick ? 200 : 2000;
  const counts = quick ? [50, 100] : [250, 500, 1000];
  const rows = /** @type {any[]} */ ([]);
  for (const executors of [1, 2]) {
    say(`${executors} executors`);
    const args = [script, executors, each, Math.min(3, repeat), ...counts].map(String);
    const onStdoutLine = (/** @type {string} */ line) => {
      const found = JSON.parse(line);
      rows.push({ ...found, executors, case: found.label, rows: short(found.symbols * each) });
    };
    let said = "";
    const onStderrLine = (/** @type {string} */ line) => {
      said = line.trim() || said;
    };
    const code = await run(spark.command, args, { onStdoutLine, onStderrLine });
    if (code !== 0) throw new Failure(`Spark with ${executors} executors failed: ${said}`);
  }
  return {
    parts: [{ columns, rows: withRatios(rows, each) }],
    verdicts: [],
    note: `Executors with one core each, ${each.toLocaleString("en-US")} rows for each symbol, in no order; the result is thrown away. Core seconds are those that executors and their Python workers spent.`,
  };
}

/**
 * @param {any[]} rows
 * @param {number} each
 */
function withRatios(rows, each) {
  const sorted = rows.toSorted((a, b) => order(rows, a) - order(rows, b));
  return sorted.map((row) => {
    const first = sorted.find(({ label }) => label === row.label);
    const same = rows.find(
      ({ label, executors, symbols }) =>
        label.startsWith("Spark") && executors === row.executors && symbols === row.symbols,
    );
    return {
      ...row,
      cores: (row.cores / (row.symbols * each)) * 1e6,
      growth: row.seconds / first.seconds,
      window: row.seconds / same.seconds,
    };
  });
}

/** Rows of one kind stand together. @param {any[]} rows @param {any} row */
function order(rows, row) {
  return rows.findIndex(({ label }) => label === row.label);
}
