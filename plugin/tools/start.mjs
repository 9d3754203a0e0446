// `npm start`: runs the commands compute and chart on an example, and prints a table.
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { addComputeOptions } from "../dist/cli/commands/compute.js";
import { pipelineOf } from "../dist/cli/features.js";
import { inputsOf } from "../dist/cli/inputs.js";
import { FILES } from "../dist/cli/options.js";
import { report } from "../dist/cli/report.js";
import { drawChart } from "../dist/cli/run/chart.js";
import { compute } from "../dist/cli/run/compute.js";
import { table, USUAL_WIDTH } from "../dist/core/text-table.js";
import { matching } from "../dist/core/usual.js";
import { withFiles } from "../dist/files/unpack.js";
import { checkWritable } from "../dist/files/whole.js";

/** @param {string} path */
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const STOCKS = inRepository("golden/data/stocks.csv");
const FEATURES = inRepository("plugin/examples/start.yaml");
const MOST_SYMBOLS = 5;

/** Opens files as the commands do, with inferred types. */
const open = (files, options, work) =>
  withFiles(inputsOf(files, options), { numbers: () => [], keys: () => [] }, work);

/**
 * Adds the options that the user left out: the example's features, and the groups of files with
 * symbols.
 */
async function completed(files, options) {
  const { features, indicators, over } = options;
  if (features !== undefined || indicators !== undefined) return options;
  // Standard input can be read only once, so it is not searched for a symbol column.
  const grouped = over ?? (files.includes("-") ? undefined : await open(files, options, symbolIn));
  return { ...options, features: FEATURES, ...(grouped && { over: grouped }) };
}

/** The column of symbols in the spelling of the file. */
const symbolIn = ({ schema }) => matching("symbol", [...schema.keys()])[0];

/** The last row of each group, transposed: there are more columns than a terminal is wide. */
async function lastRows(plan, [key]) {
  const last = key === undefined ? plan.tail(1) : plan.groupBy(key, true).tail(1);
  const rows = (await last.collect()).toRecords();
  const shown = rows.slice(0, MOST_SYMBOLS);
  const lines = Object.keys(rows[0] ?? {}).map((name) => [
    name,
    ...shown.map((row) => text(row[name])),
  ]);
  const hidden = rows.length - shown.length;
  const more = hidden > 0 ? `\n(and ${hidden} more)` : "";
  return { text: table(lines, USUAL_WIDTH) + more, first: rows[0]?.[key] };
}

/** @param {string} out */
function pageFor(out) {
  const { dir, base } = parse(out);
  return join(dir, `${base.replace(/\.[\w.]+$/, "")}.html`);
}

/** @param {unknown} value */
function text(value) {
  if (value instanceof Date) return value.toISOString().replace("T00:00:00.000Z", "");
  return typeof value === "number" ? String(Number(value.toPrecision(7))) : String(value);
}

async function start(files, given) {
  const options = await completed(files, given);
  const { out, outFormat: format } = options;
  if (out === "-") return compute(files, options);
  const groups = pipelineOf(options).over;
  const page = pageFor(out);
  checkWritable(page);
  await compute(files, options);
  const { text: printed, first } = await open([out], { format }, ({ plan }) =>
    lastRows(plan, groups),
  );
  console.log(`${printed}\n`);
  const whose = groups.length > 0 && { by: groups[0], symbol: String(first) };
  await drawChart([out], { out: page, format, ...whose });
}

const command = new Command("npm start --")
  .description("compute a dozen indicators, print a table, and write the features and a chart")
  .argument("[files...]", `${FILES} (default: four stocks)`)
  .option("--out <file>", "the file to write; the chart is written next to it", "features.parquet")
  .exitOverride();
addComputeOptions(command).action((files, options) =>
  start(files.length > 0 ? files : [STOCKS], options),
);

try {
  await command.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
