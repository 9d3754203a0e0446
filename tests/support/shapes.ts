/** One column in many shapes, and what some indicators make of it. */

import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { readColumns } from "./columns.js";

const close = pl.col("close");

/** The dtypes of numbers, without Decimal, which has parameters. */
export const NUMBERS = {
  Int8: pl.Int8,
  Int16: pl.Int16,
  Int32: pl.Int32,
  Int64: pl.Int64,
  UInt8: pl.UInt8,
  UInt16: pl.UInt16,
  UInt32: pl.UInt32,
  UInt64: pl.UInt64,
  Float32: pl.Float32,
  Float64: pl.Float64,
};

/** Values small and whole enough for every type. */
export const whole = Array.from({ length: 40 }, (_, i) => 50 + ((i * 29) % 37));
export const gappy = whole.map((value, i) => (i % 11 === 4 ? null : value));

const indicators: Record<string, Expr> = {
  sma: close.ta.sma(3),
  rsi: close.ta.rsi(5),
  bbands: close.ta.bbands(4),
  maxindex: close.ta.maxindex(3),
  crossup: ta.crossup("close", 70),
};

/** The outputs of indicators on `close`, as plain values. */
export const results = (frame: DataFrame): unknown =>
  Object.fromEntries(
    readColumns(frame.select(...Object.entries(indicators).map(([name, x]) => x.alias(name)))),
  );

/** A frame of one Float64 column `close`. */
export const frame = (values: readonly (number | null)[]): DataFrame =>
  pl.DataFrame([pl.Series("close", values as number[], pl.Float64)]);
