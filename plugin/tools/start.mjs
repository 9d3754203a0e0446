// The main job: price bars in, a dozen indicators per symbol in one lazy pass, features as Parquet and a chart out.
import { accessSync, constants, statSync } from "node:fs";
import { basename, dirname, join, parse, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pl from "nodejs-polars";
import { TaError, ta } from "nodejs-polars-ta";
import { explainFailure, scanBars } from "./bars.mjs";
import { Failure } from "./process.mjs";
import { table } from "./table.mjs";

const usage = `npm start -- [FILE] [--out PATH]

FILE  price bars as .csv or .parquet with the columns open, high, low, close, volume
      and, if there are any, symbol and date (default: golden/data/stocks.csv)
PATH  where the features go as Parquet (default: features.parquet); a chart of them goes beside it, as .html`;

/** Every indicator with the name of its column; one with several outputs is a struct column. */
function features() {
  const close = pl.col("close");
  return [
    { id: "sma", name: "sma_20", expr: close.ta.sma(20) },
    { id: "ema", name: "ema_20", expr: close.ta.ema(20) },
    { id: "rsi", name: "rsi_14", expr: close.ta.rsi(14) },
    { id: "macd", name: "macd", expr: close.ta.macd() },
    { id: "bbands", name: "bbands", expr: close.ta.bbands(20) },
    { id: "atr", name: "atr_14", expr: ta.atr(14) },
    { id: "adx", name: "adx_14", expr: ta.adx(14) },
    { id: "stoch", name: "stoch", expr: ta.stoch() },
    { id: "obv", name: "obv", expr: close.ta.obv() },
    { id: "supertrend", name: "supertrend", expr: ta.supertrend() },
    { id: "cdl_engulfing", name: "cdl_engulfing", expr: ta.cdl_engulfing() },
    { id: "ht_trendmode", name: "ht_trendmode", expr: close.ta.ht_trendmode() },
  ];
}

/**
 * The columns of an indicator, a struct's fields as columns of their own.
 *
 * @param {{ id: string, name: string }} feature
 */
function flatColumns({ id, name }) {
  const outputs = ta.find(id)?.outputs ?? [];
  if (outputs.length < 2) return [pl.col(name)];
  return outputs.map((output) =>
    pl
      .col(name)
      .struct.field(output.name)
      .alias(output.name === name ? name : `${name}_${output.name}`),
  );
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (positionals.length > 1) throw new Error(`One file at a time: ${positionals.join(", ")}.`);
    return { file: positionals[0], out: values.out ?? "features.parquet", help: values.help };
  } catch (error) {
    throw new Failure(`${error.message}\n${usage}`);
  }
}

/**
 * Finds out before the work whether its result can be written.
 *
 * @param {string} path
 */
function checkWritable(path) {
  try {
    accessSync(dirname(resolve(path)), constants.W_OK);
  } catch {
    throw new Failure(`${path} cannot be written: its directory does not exist or is read-only.`);
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Failure(`${path} cannot be written: it is not a file.`);
}

async function main() {
  const { file, out, help } = readArguments(process.argv.slice(2));
  if (help) {
    console.log(usage);
    return;
  }
  const path = file ?? fileURLToPath(new URL("../../golden/data/stocks.csv", import.meta.url));
  checkWritable(out);
  checkWritable(reportPath(out));
  const { bars, columns } = scanBars(path);
  const hasSymbols = columns.includes("symbol");

  const all = features();
  const expressions = all.map(({ name, expr }) =>
    (hasSymbols ? expr.over("symbol") : expr).alias(name),
  );
  const plan = bars
    .withColumns(...expressions)
    .select(...columns.map((name) => pl.col(name)), ...all.flatMap(flatColumns));

  const began = performance.now();
  const frame = await plan.collect().catch((error) => {
    throw explainFailure(path, error);
  });
  const milliseconds = performance.now() - began;
  if (frame.height === 0) throw new Failure(`${path} has no rows.`);

  const symbols = hasSymbols ? symbolsOf(frame) : [undefined];
  console.log(table(frame, symbols, process.stdout.columns ?? 140));
  console.log(
    `\n${basename(path)}: ${count(frame.height, "row")}, ${count(symbols.length, "symbol")}, ` +
      `${count(all.length, "indicator")} in ${milliseconds.toFixed(0)} ms`,
  );

  frame.writeParquet(out);
  const megabytes = statSync(out).size / 1e6;
  console.log(`${out}: ${count(frame.width, "column")}, ${megabytes.toFixed(1)} MB`);
  await writeChart(frame, symbols[0], reportPath(out));
}

/** @param {string} out */
function reportPath(out) {
  const { dir, name, ext } = parse(out);
  return join(dir, `${name}${ext === ".html" ? "-chart" : ""}.html`);
}

/**
 * The features as a page to look at. What can be computed need not be what can be drawn: then
 * the features are there all the same, and a sentence says what is missing.
 *
 * @param {pl.DataFrame} frame
 * @param {string | undefined} symbol
 * @param {string} path
 */
async function writeChart(frame, symbol, path) {
  try {
    const chart = frame.ta.chart(symbol === undefined ? {} : { symbol });
    await chart.save(path);
    const of = symbol === undefined ? "" : ` of ${symbol}`;
    console.log(`${path}: a chart${of} with ${count(chart.indicators.length, "indicator")}`);
  } catch (error) {
    if (!(error instanceof TaError)) throw error;
    console.log(`no ${path}: ${error.message}`);
  }
}

/** @param {pl.DataFrame} frame */
function symbolsOf(frame) {
  return frame.getColumn("symbol").unique().toArray().sort();
}

/**
 * @param {number} number
 * @param {string} noun
 */
function count(number, noun) {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
