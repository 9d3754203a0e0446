/** Columns as they come: in batches, sliced, with gaps, of every numeric type, or broken. */

import {
  Bool,
  type DataType,
  Decimal,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { ta as polars } from "nodejs-polars-ta";
import { type ArrowVector, ta } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { arrowMethod, child, difference, tableOf } from "../support/arrow.js";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { runs } from "../support/runs.js";

type Cell = number | null;

interface Kind {
  readonly type: () => DataType;
  /** A value as the builder of the type wants it. */
  readonly as?: (value: number) => unknown;
}

/** Whole numbers from 0 to 100 can be of each of them. */
const KINDS: Readonly<Record<string, Kind>> = {
  Float64: { type: () => new Float64() },
  Float32: { type: () => new Float32() },
  Int8: { type: () => new Int8() },
  Int16: { type: () => new Int16() },
  Int32: { type: () => new Int32() },
  Int64: { type: () => new Int64(), as: BigInt },
  Uint8: { type: () => new Uint8() },
  Uint16: { type: () => new Uint16() },
  Uint32: { type: () => new Uint32() },
  Uint64: { type: () => new Uint64(), as: BigInt },
};

/** A vector in pieces that are each cut out of a longer one, so that bitmaps begin anywhere. */
function vectorOf(
  cells: readonly Cell[],
  cuts: readonly number[],
  pad: number,
  kind: Kind,
): Vector {
  const as = kind.as ?? ((value: number) => value);
  const ends = [...new Set(cuts.filter((cut) => cut < cells.length)), cells.length].sort(
    (a, b) => a - b,
  );
  const pieces = ends.map((end, index) => {
    const own = cells.slice(ends[index - 1] ?? 0, end).map((v) => (v === null ? null : as(v)));
    const padding = Array.from({ length: pad }, (_, row) => (row % 3 === 1 ? null : as(99)));
    const long = vectorFromArray([...padding, ...own, ...padding], kind.type());
    return long.slice(pad, pad + own.length);
  });
  return new Vector(pieces.flatMap((piece) => piece.data));
}

/** What polars makes of the same numbers. */
const wantedOf = (cells: readonly Cell[]): Vector => {
  const frame = pl.DataFrame([pl.Series("close", cells as number[], pl.Float64)]);
  return child(tableOf(frame.select(polars.ema(3).alias("x"))), "x");
};

const cells = fc.array(fc.option(fc.nat(100), { nil: null, freq: 6 }), { maxLength: 70 });

describe("a column in pieces, each from somewhere in a longer one, is as one", () => {
  test.each(Object.entries(KINDS))("of %s", (_, kind) => {
    fc.assert(
      fc.property(
        cells,
        fc.array(fc.nat(70), { maxLength: 4 }),
        fc.nat(20),
        (values, cuts, pad) => {
          const made = ta.ema(vectorOf(values, cuts, pad, kind), 3);
          return difference(made, wantedOf(values)) === undefined;
        },
      ),
      { numRuns: runs(80) },
    );
  });

  test("of Bool, which counts as 0 and 1", () => {
    const flags = fc.array(fc.option(fc.boolean(), { nil: null }), { maxLength: 70 });
    fc.assert(
      fc.property(
        flags,
        fc.array(fc.nat(70), { maxLength: 3 }),
        fc.nat(20),
        (values, cuts, pad) => {
          const numbers = values.map((value) => (value === null ? null : Number(value)));
          const kind = { type: () => new Bool(), as: (value: number) => value !== 0 };
          return (
            difference(ta.ema(vectorOf(numbers, cuts, pad, kind), 3), wantedOf(numbers)) ===
            undefined
          );
        },
      ),
      { numRuns: runs(80) },
    );
  });

  test("of Decimal, and of nothing but nulls", () => {
    const frame = pl.DataFrame({ close: [1.25, 2.5, -3.75, 4, 5] });
    const cents = tableOf(frame.select(pl.col("close").cast(pl.Decimal(20, 2))));
    expect(child(cents, "close").type).toBeInstanceOf(Decimal);
    const wanted = ta.ema(tableOf(frame), 3);
    expect(difference(ta.ema(cents, 3), wanted)).toBeUndefined();
    const nulls = new Vector([makeData({ type: new Null(), length: 5 })]);
    expect([...ta.ema(nulls, 3)]).toEqual([null, null, null, null, null]);
  });
});

describe("record batches", () => {
  const close = vectorFromArray(Float64Array.from({ length: 100 }, (_, row) => (row * 37) % 23));
  const table = new Table({ close, high: close, low: close });

  test("and tables of several are as one", () => {
    const cut = new Table([...table.slice(0, 33).batches, ...table.slice(33).batches]);
    expect(cut.batches.length).toBe(2);
    expect(difference(ta.atr(cut, 5), ta.atr(table, 5))).toBeUndefined();
    const batch = table.batches[0] as RecordBatch;
    expect(difference(ta.atr(batch, 5), ta.atr(table, 5))).toBeUndefined();
    expect(
      difference(ta.ema(batch.slice(9, 60), 5), ta.ema(close.slice(9, 60), 5)),
    ).toBeUndefined();
    expect(difference(ta.ema(close.data[0] as ArrowVector, 5), ta.ema(close, 5))).toBeUndefined();
  });

  test("results stand beside columns in several batches", () => {
    const cut = new Table([...table.slice(0, 33).batches, ...table.slice(33).batches]);
    const kept = ta.compute(cut, ["ema(5)", "macd"], { keep: true });
    expect(kept.schema.names).toEqual(["close", "high", "low", "ema_5", "macd_12_26_9"]);
    expect(kept.numRows).toBe(100);
    expect(difference(child(kept, "ema_5"), ta.ema(table, 5))).toBeUndefined();
    expect(difference(child(kept, "macd_12_26_9"), ta.macd(table))).toBeUndefined();
    expect(difference(child(kept, "close"), close)).toBeUndefined();
  });
});

test("kept columns keep their order, whatever their names are, and what the schema says", () => {
  const close = vectorFromArray(Float64Array.of(1, 2, 3));
  const plain = new Table({ close, "2024": close });
  const names = ["close", "2024"];
  const fields = names.map((name) => Field.new({ name, type: new Float64(), nullable: false }));
  const schema = new Schema(fields, new Map([["source", "test"]]));
  const [first, second] = [plain.getChild("close"), plain.getChild("2024")];
  const type = new Struct(fields);
  const children = [first, second].flatMap((vector) => vector?.data ?? []);
  const batch = new RecordBatch(schema, makeData({ type, length: 3, children }));
  for (const given of [batch, new Table(schema, [batch])]) {
    const kept = ta.compute(given, ["sma(2)"], { keep: true });
    expect(kept.schema.names).toEqual(["close", "2024", "sma_2"]);
    expect(kept.schema.metadata.get("source")).toBe("test");
    expect(kept.schema.fields.map(({ nullable }) => nullable)).toEqual([false, false, true]);
    expect(difference(child(kept, "2024"), close)).toBeUndefined();
  }
});

describe("no rows", () => {
  const none = new Table({ close: vectorFromArray([], new Float64()) });
  test("give no rows of the right type", () => {
    expect([ta.ema(none, 3), ta.macd(none)].map((v) => [v.length, String(v.type)])).toEqual([
      [0, "Float64"],
      [0, "Struct<{macd:Float64, signal:Float64, histogram:Float64}>"],
    ]);
    const made = ta.compute(none, ["ema(3)", "crossup(close, 3)"], { keep: true });
    expect([made.numRows, made.schema.fields.map(String)]).toEqual([
      0,
      ["close: Float64", "ema_3: Float64", "crossup: Bool"],
    ]);
  });
});

describe("buffers that JavaScript can change or take away", () => {
  const numbers = Float64Array.from({ length: 50 }, (_, row) => (row * 29) % 17);
  const over = (values: Float64Array) =>
    new Vector([makeData({ type: new Float64(), data: values, length: values.length })]);
  const wanted = ta.ema(over(numbers), 3);

  test("shared between threads, or resizable", () => {
    for (const buffer of [
      new SharedArrayBuffer(400),
      new ArrayBuffer(400, { maxByteLength: 4_000 }),
    ]) {
      const values = new Float64Array(buffer as ArrayBuffer);
      values.set(numbers);
      expect(difference(ta.ema(over(values), 3), wanted)).toBeUndefined();
    }
  });

  test("transferred away, or shrunk: one sentence, and the process goes on", () => {
    const gone = numbers.slice();
    const vector = over(gone);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    const shrunk = new ArrayBuffer(400, { maxByteLength: 400 });
    const short = over(new Float64Array(shrunk));
    shrunk.resize(80);
    expect(() => ta.ema(vector, 3)).toThrow(
      'column "series" has a buffer of 0 bytes where its rows need 400; was it transferred elsewhere?',
    );
    expect(() => ta.ema(short, 3)).toThrow(/has a buffer of 80 bytes where its rows need 400/);
    expect(difference(ta.ema(over(numbers), 3), wanted)).toBeUndefined();
  });

  test("shorter than the length that the data claims", () => {
    const claimed = makeData({ type: new Float64(), data: numbers, length: 60 });
    expect(() => ta.ema(claimed, 3)).toThrow(/400 bytes where its rows need 480/);
  });
});

describe("columns are refused", () => {
  const close = vectorFromArray(Float64Array.of(1, 2, 3));
  const text = vectorFromArray(["a", "b", "c"], new Utf8());
  const time = vectorFromArray([1, 2, 3], new TimestampMillisecond());
  const table = new Table({ close, symbol: text, time });
  const refusal = (work: () => unknown): string => {
    try {
      work();
      return "computed";
    } catch (error) {
      return String(error);
    }
  };

  test("in one sentence each", () => {
    const any = ta as unknown as Record<string, (...args: unknown[]) => unknown>;
    expect(
      [
        () => ta.sma(table, { series: "symbol" }),
        () => ta.sma(time, 3),
        () => ta.sma(table, { series: "clsoe" }),
        () => ta.atr(table, 3),
        () => ta.atr(close, 3),
        () => ta.sma(table, { series: close.slice(1) }),
        () => ta.crossup(close, close.slice(1)),
        () => any.sma?.(close, { series: close }),
        () => any.sma?.([1, 2, 3]),
        () => any.sma?.(),
        () => any.sma?.(table, { series: true }),
        () => any.sma?.(table, { perid: 3 }),
        () => ta.sma(table, 0),
        () => ta.sma(table, { missing: "error", series: vectorFromArray([1, null, 3]) }),
      ].map(refusal),
    ).toEqual([
      'TaError: column "symbol" has dtype Utf8; indicators take numeric columns',
      'TaError: column "series" has dtype Timestamp<MILLISECOND>; indicators take numeric columns',
      'TaError: sma: there is no column "clsoe" (did you mean "close"?); the table has close, symbol, time',
      'TaError: atr: there is no column "high"; the table has "close", "symbol", "time"; say which one high is, as in { high: "…" }',
      "TaError: atr: high is required: a vector or a number",
      "TaError: sma: inputs must have the same length, series has 2 rows where others have 3",
      "TaError: crossup: inputs must have the same length, other has 2 rows where others have 3",
      "TaError: sma: series is the vector itself; leave it out of the options",
      "TaError: sma takes an Arrow Table, RecordBatch, Vector or Data first, got an array",
      "TaError: sma takes an Arrow Table, RecordBatch, Vector or Data first, got undefined",
      "TaError: sma: series must be a column name, a vector or a number, got true",
      'TaError: sma: unknown parameter "perid" (did you mean "period"?); it takes period, series, missing, over',
      "TaError: sma: period must be a whole number from 1 to 100000, got 0",
      'TaError: sma: column "series" has a missing value in row 1',
    ]);
  });

  test("but times tell sessions apart, and a number stands for a column of it", () => {
    const source = frameOf(bars(200));
    const whole = tableOf(source);
    const keyed = ta.catalog().flatMap((meta) => {
      const slot = meta.semantics.input_slots.find(({ kind }) => kind === "key");
      return slot ? { meta, key: usualInputs(meta)[slot.name] as string } : [];
    });
    expect(keyed.length).toBeGreaterThan(0);
    for (const { meta, key } of keyed) {
      const compute = (of: DataFrame) => arrowMethod(meta.id)(tableOf(of), usualInputs(meta));
      const days = pl.col(key).cast(pl.Int64).mul(86_400_000).cast(pl.Datetime("ms"));
      const made = compute(source.withColumns(days.alias(key)));
      const wanted = arrowMethod(meta.id)(whole, usualInputs(meta));
      expect(difference(made, wanted), meta.id).toBeUndefined();
      expect(() => compute(source.withColumns(pl.col(key).cast(pl.Float64)))).toThrow(
        /has dtype Float64; a key takes a Boolean, whole-number, date or time column/,
      );
    }
    expect([...ta.crossup(close, 2)]).toEqual([null, false, true]);
  });
});
