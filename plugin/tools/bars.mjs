import { statSync } from "node:fs";
import { extname } from "node:path";
import pl from "nodejs-polars";
import { Failure } from "./process.mjs";

const prices = ["open", "high", "low", "close", "volume"];
const optional = ["symbol", "date"];

/**
 * Price bars from a CSV or Parquet file, nothing read yet but the names and types of the columns.
 *
 * @param {string} path
 */
export function scanBars(path) {
  const format = formatOf(path);
  const schema = readSchema(path, format);
  const names = namesIn(schema);
  const missing = prices.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new Failure(
      `${path} has no column ${missing.join(", ")}; its columns are ${Object.keys(schema).join(", ")}.`,
    );
  }

  const columns = [...optional, ...prices].filter((name) => names.has(name));
  let bars = (format === "csv" ? scanTypedCsv(path, schema, names) : pl.scanParquet(path)).select(
    ...columns.map((name) => pl.col(names.get(name)).alias(name)),
  );
  if (format === "parquet") checkTypes(path, bars);
  if (names.has("symbol")) bars = bars.withColumns(pl.col("symbol").cast(pl.Utf8));
  // Many files have the newest bar first. A date that stayed text has no order to rely on.
  if (names.has("date") && ["Date", "Datetime"].includes(schema[names.get("date")].variant)) {
    bars = bars.sort(names.has("symbol") ? ["symbol", "date"] : ["date"]);
  }
  return { bars, columns };
}

/**
 * What to tell the user when reading or computing failed.
 *
 * @param {string} path
 * @param {unknown} error
 */
export function explainFailure(path, error) {
  const text = formatOf(path) === "csv" ? firstText(path) : undefined;
  if (text) {
    const { name, value, row } = text;
    return new Failure(`${path} has text in the column ${name}, row ${row}: "${value}".`);
  }
  return new Failure(`${path}: ${firstLine(error)}`);
}

/**
 * @param {string} path
 * @returns {"csv" | "parquet"}
 */
function formatOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Failure(`${path} does not exist.`);
  if (!found.isFile()) throw new Failure(`${path} is not a file.`);
  const extension = extname(path).toLowerCase();
  if (extension === ".csv") return "csv";
  if (extension === ".parquet") return "parquet";
  throw new Failure(`${path} is neither .csv nor .parquet.`);
}

/**
 * @param {string} path
 * @param {"csv" | "parquet"} format
 * @returns {Record<string, pl.DataType>}
 */
function readSchema(path, format) {
  try {
    const scan =
      format === "csv"
        ? pl.scanCSV(path, { parseDates: true, inferSchemaLength: 1000, glob: false })
        : pl.scanParquet(path, { glob: false });
    return scan.limit(0).collectSync().schema;
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${firstLine(error)}`);
  }
}

/**
 * Our names to the file's, which may be capitalised.
 *
 * @param {Record<string, pl.DataType>} schema
 * @returns {Map<string, string>}
 */
function namesIn(schema) {
  const names = new Map();
  for (const wanted of [...optional, ...prices]) {
    const found = Object.hasOwn(schema, wanted)
      ? wanted
      : Object.keys(schema).find((name) => name.trim().toLowerCase() === wanted);
    if (found !== undefined) names.set(wanted, found);
  }
  return names;
}

/**
 * Prices are read as floats whatever their first rows look like; columns that are not used stay text.
 *
 * @param {string} path
 * @param {Record<string, pl.DataType>} inferred
 * @param {Map<string, string>} names
 */
function scanTypedCsv(path, inferred, names) {
  const schema = Object.fromEntries(Object.keys(inferred).map((name) => [name, pl.Utf8]));
  for (const name of prices) schema[names.get(name)] = pl.Float64;
  if (names.has("date")) schema[names.get("date")] = inferred[names.get("date")];
  return pl.scanCSV(path, { parseDates: true, schema, glob: false });
}

/**
 * @param {string} path
 * @param {pl.LazyDataFrame} bars
 */
function checkTypes(path, bars) {
  const head = bars.limit(0).collectSync();
  for (const name of prices) {
    const column = head.getColumn(name);
    if (column.isNumeric()) continue;
    throw new Failure(
      `${path} has values of type ${column.dtype.variant} in the column ${name}: numbers are needed.`,
    );
  }
}

/**
 * The first value of a price column that is no number.
 *
 * @param {string} path
 */
function firstText(path) {
  const scan = pl.scanCSV(path, { inferSchemaLength: 0, glob: false });
  const names = namesIn(scan.limit(0).collectSync().schema);
  for (const name of prices) {
    const column = pl.col(names.get(name));
    const [found] = scan
      .select(column.alias("value"), column.cast(pl.Float64, false).alias("number"))
      .withRowIndex("row", 1)
      .filter(pl.col("value").isNotNull().and(pl.col("number").isNull()))
      .limit(1)
      .collectSync()
      .toRecords();
    if (found) return { name, value: found.value, row: found.row };
  }
  return undefined;
}

/** @param {unknown} error */
function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0];
}
