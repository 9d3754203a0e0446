// The costs besides arithmetic: the import, the property `.ta`, small frames.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "../measure.mjs";
import { verdict } from "../rows.mjs";

export const title = "Start-up and small frames";

const columns = [
  { key: "case", label: "case" },
  { key: "label", label: "what" },
  { key: "median", label: "median" },
  { key: "minimum", label: "min" },
  { key: "unit", label: "unit" },
];

const script = fileURLToPath(new URL("../probe.mjs", import.meta.url));

/**
 * Runs a probe in a fresh process.
 *
 * @param {...string} args
 */
async function probe(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, ...args]);
  return JSON.parse(stdout);
}

/** @param {import("../options.mjs").Options} options */
export async function measure({ quick, repeat }) {
  const processes = quick ? Math.min(repeat, 3) : Math.max(repeat, 15);
  const imports = { alone: [], plugin: [] };
  const properties = [];
  const smalls = { alone: [], plugin: [] };
  for (let round = -1; round < processes; round += 1) {
    for (const kind of /** @type {const} */ (["alone", "plugin"])) {
      const { importing } = await probe("import", kind);
      // The first round reads everything from the disk and does not count.
      if (round >= 0) imports[kind].push(importing);
      if (round >= 0 && round < 3) smalls[kind].push(await probe("small", kind));
    }
    if (round >= 0 && round < 3) properties.push(await probe("property", "plugin"));
  }
  const all = (samples, key) => samples.map((sample) => sample[key]);
  const rows = [
    row("import", "nodejs-polars alone", imports.alone, "ms"),
    row("import", "nodejs-polars and the plugin", imports.plugin, "ms"),
    row("property of an Expr", ".ta", all(properties, "ta"), "ns"),
    row("property of an Expr", ".alias", all(properties, "alias"), "ns"),
    row("property of an Expr", ".str", all(properties, "str"), "ns"),
    row("select, 200 rows", 'col("close").ta.sma(20)', all(smalls.plugin, "ours"), "µs"),
    row("select, 200 rows", 'col("close").rollingMean(20)', all(smalls.plugin, "native"), "µs"),
    row("select, 200 rows", "the same without the plugin", all(smalls.alone, "native"), "µs"),
    row("select, expression made before", "ta.sma(20)", all(smalls.plugin, "oursMade"), "µs"),
    row(
      "select, expression made before",
      "rollingMean(20)",
      all(smalls.plugin, "nativeMade"),
      "µs",
    ),
    row(
      "select, expression made before",
      "the same without the plugin",
      all(smalls.alone, "nativeMade"),
      "µs",
    ),
  ];
  return { parts: [{ columns, rows }], verdicts: verdicts(rows.map((one) => one.median)) };
}

/**
 * @param {string} name
 * @param {string} label
 * @param {number[]} samples
 * @param {string} unit
 */
function row(name, label, samples, unit) {
  return { case: name, label, median: median(samples), minimum: Math.min(...samples), unit };
}

/** @param {number[]} medians */
function verdicts([alone, both, ta, alias, , ours, native, nativeAlone]) {
  return [
    verdict(8, "importing the plugin adds, ms", both - alone, 25),
    // `.alias` is an ordinary property with a method, so it is the baseline.
    verdict(8, ".ta, ns more than .alias", ta - alias, 10),
    verdict(8, "select of an indicator / of a native expression", ours / native, 1.5),
    verdict(8, "the same / without the plugin", ours / nativeAlone, 1.5),
    verdict(8, "select of an indicator, µs more than native", ours - native, 300),
  ];
}
