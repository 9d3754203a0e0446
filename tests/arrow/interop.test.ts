/** In from DuckDB and Arquero, and out to them again. */

import { readFileSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import {
  Table as ArrowTable,
  Float64,
  type Table,
  tableFromArrays,
  tableFromIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import * as aq from "arquero";
import pl from "nodejs-polars";
import { ta as polars } from "nodejs-polars-ta";
import { ta } from "nodejs-polars-ta/arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { child, difference, tableOf } from "../support/arrow.js";

const stocks = "golden/data/stocks.csv";
const features = ["rsi(14)", "macd.histogram as histogram"];

/** What polars computes, for rows in the file's order. */
const wanted = tableOf(
  pl
    .readCSV(stocks)
    .select(
      polars.rsi(14).over("symbol").alias("rsi_14"),
      pl.col("close").ta.macd().struct.field("histogram").over("symbol").alias("histogram"),
    ),
);
const differences = (made: Table) =>
  ["rsi_14", "histogram"].map((name) => difference(child(made, name), child(wanted, name)));

describe("DuckDB, whose Node package hands over columns of values", () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create()).connect();
  });
  afterAll(() => connection.closeSync());

  test("in from a query, and out to a table", async () => {
    const result = await connection.runAndReadAll(
      `select symbol, close::double as close from read_csv('${stocks}')`,
    );
    const { symbol, close } = result.getColumnsObjectJS();
    const bars = new ArrowTable({
      symbol: vectorFromArray(symbol ?? [], new Utf8()),
      close: vectorFromArray(close ?? [], new Float64()),
    });
    const made = ta.compute(bars, features, { over: "symbol" });
    expect(differences(made)).toEqual([undefined, undefined]);

    await connection.run("create table made (rsi double, histogram double)");
    const appender = await connection.createAppender("made");
    for (const row of made) {
      for (const name of ["rsi_14", "histogram"]) {
        const value = row[name] as number | null;
        if (value === null) appender.appendNull();
        else appender.appendDouble(value);
      }
      appender.endRow();
    }
    appender.closeSync();
    const counted = await connection.runAndReadAll(
      "select count(*)::int as rows, count(rsi)::int as rsi, max(histogram) as highest from made",
    );
    const histogram = [...child(wanted, "histogram")].filter((value) => value !== null);
    expect(counted.getRowObjectsJS()).toEqual([
      {
        rows: made.numRows,
        rsi: made.numRows - child(wanted, "rsi_14").nullCount,
        highest: Math.max(...histogram),
      },
    ]);
  });
});

describe("Arquero", () => {
  test("out of it as Arrow bytes, and into it as a table", async () => {
    const bars = aq.fromCSV(readFileSync(stocks, "utf8"));
    const table = tableFromIPC(bars.select("symbol", "close").toArrowIPC());
    const made = ta.compute(table, features, { over: "symbol", keep: true });
    expect(differences(made)).toEqual([undefined, undefined]);

    const back = aq.fromArrow(made as unknown as Parameters<typeof aq.fromArrow>[0]);
    expect([back.numRows(), back.columnNames()]).toEqual([
      made.numRows,
      ["symbol", "close", "rsi_14", "histogram"],
    ]);
    const last = back
      .groupby("symbol")
      .rollup({ rsi: (d: { rsi_14: number }) => aq.op.max(d.rsi_14) });
    const highest = pl
      .readCSV(stocks)
      .withColumns(polars.rsi(14).over("symbol").alias("rsi"))
      .groupBy("symbol")
      .agg(pl.col("rsi").max())
      .toRecords();
    expect(last.objects()).toEqual(expect.arrayContaining(highest));
  });
});

test("a table of plain arrays", () => {
  const table = tableFromArrays({ close: Float64Array.of(1, 2, 4, 3) });
  expect([...ta.sma(table, 2)]).toEqual([null, 1.5, 3, 3.5]);
});
