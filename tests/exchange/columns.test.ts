/** Columns of every type and shape, in every way to exchange them: the same results, the same refusals. */

import pl, { type DataFrame, type Series } from "nodejs-polars";
import { TaError, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { EXCHANGES, isSame, select, taken } from "../support/exchanges.js";
import { NUMBERS } from "../support/shapes.js";

const ROWS = 120;
const WAYS = EXCHANGES.filter(({ forced }) => forced !== undefined);

const close = pl.col("close");
const features = () => [
  close.ta.sma(3),
  close.ta.rsi(5),
  close.ta.bbands(4),
  close.ta.maxindex(3),
  ta.crossup("close", 70),
  close.ta.ema(3).over("group").alias("runs"),
  close.ta.ema(3).over("turns").alias("rows"),
  close.mul(2).ta.wma(3).alias("computed"),
  ta.sma(3, { missing: "propagate" }).alias("propagated"),
];

/** A column `close`, and keys beside it. */
const beside = (column: Series): DataFrame => {
  const rows = Array.from({ length: column.length }, (_, row) => row);
  return pl.DataFrame([
    column.alias("close"),
    pl.Series(
      "group",
      rows.map((row) => row >> 4),
    ),
    pl.Series(
      "turns",
      rows.map((row) => row % 3),
    ),
  ]);
};

/** Checks that each way gives what plain numbers give; `judged` columns only the addon can read. */
async function check(actual: DataFrame, plain: DataFrame, judged = false): Promise<void> {
  const wanted = plain.select(...features());
  expect(wanted.nullCount().row(0).some(Number)).toBe(true);
  for (const exchange of WAYS) {
    const [made, traces] = await select(actual, features(), exchange);
    expect(isSame(made, wanted), exchange.name).toBe(true);
    const { inputs, results } = taken(exchange);
    expect(traces).toMatchObject([{ inputs: judged ? "file" : inputs, results }]);
  }
}

const whole = Array.from({ length: ROWS }, (_, row) => 50 + ((row * 29) % 37));
const gappy = whole.map((value, row) => (row % 11 === 4 ? null : value));

const numbers = (values: readonly (number | null)[]) =>
  pl.Series("close", values as number[], pl.Float64);

describe("types", () => {
  const dtypes = {
    ...NUMBERS,
    Decimal: pl.Decimal(12, 3),
  };

  test.each(Object.entries(dtypes))("%s", async (name, dtype) => {
    for (const values of [whole, gappy]) {
      const plain = beside(numbers(values));
      await check(plain.withColumns(close.cast(dtype)), plain, name === "Decimal");
    }
  });

  test("Bool", async () => {
    const flags = gappy.map((value) => (value === null ? null : value > 65));
    const as = (flag: boolean | null) => (flag === null ? null : Number(flag));
    const column = pl.Series("close", flags as boolean[], pl.Bool);
    await check(beside(column), beside(numbers(flags.map(as))));
  });

  test.each([
    ["Int64", pl.Int64, -(2n ** 62n)],
    ["Int64", pl.Int64, 2n ** 53n + 1n],
    ["UInt64", pl.UInt64, 2n ** 64n - 200_000n],
  ])("%s beyond doubles: the nearest double", async (_, dtype, from) => {
    const values = whole.map((value, row) => from + BigInt(value * 1001 + row));
    // Polars takes them as text only.
    const column = pl.Series("close", values.map(String)).cast(dtype) as Series;
    expect(column.nullCount()).toBe(0);
    await check(beside(column), beside(numbers(values.map(Number))));
  });

  test("a column that is all null, of a type or of none", async () => {
    const plain = beside(numbers(whole.map(() => null)));
    await check(plain, plain);
    await check(plain.withColumns(pl.lit(null).alias("close")), plain, true);
  });

  test("NaN, infinities and zeros of both signs", async () => {
    const odd = [Number.NaN, Infinity, -Infinity, 0, -0, null];
    const values = whole.map((value, row) => (row % 9 === 4 ? odd[row % odd.length] : value));
    const missing = values.map((v) => (Number.isFinite(v) ? (v as number) : null));
    await check(beside(numbers(values as number[])), beside(numbers(missing)));
  });

  test.each(["text", "list", "at"])("%s is refused in the same words", async (name) => {
    const frame = beside(numbers(whole)).withColumns(
      close.cast(pl.String).alias("text"),
      pl.concatList(["close", "close"]).alias("list"),
      close.cast(pl.Int64).cast(pl.Datetime("us")).alias("at"),
    );
    const said = new Set<string>();
    for (const exchange of WAYS) {
      const failing = select(frame, [close.ta.sma(2), pl.col(name).ta.sma(3)], exchange);
      const error = await failing.then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(error).toBeInstanceOf(TaError);
      said.add(error?.message ?? "");
    }
    expect([...said]).toEqual([expect.stringMatching(`^column "${name}" has dtype`)]);
  });
});

describe("shapes", () => {
  const plain = beside(numbers(gappy));
  /** The rows in eight pieces. */
  const chunks = (frame: DataFrame): DataFrame => {
    const cuts = [0, 1, 8, 9, 33, 64, 65, 100, frame.height];
    const parts = cuts.slice(1).map((end, index) => {
      const start = cuts[index] ?? 0;
      return frame.slice(start, end - start);
    });
    return pl.concat(parts, { how: "vertical", rechunk: false });
  };

  test("eight chunks", async () => {
    expect(chunks(plain).nChunks()).toBe(8);
    await check(chunks(plain), plain);
    const whole = plain.withColumns(close.cast(pl.Int32));
    await check(chunks(whole), plain);
    const decimal = plain.withColumns(close.cast(pl.Decimal(12, 3)));
    await check(chunks(decimal), plain, true);
  });

  test("slices, of chunks too", async () => {
    const around = pl.concat([plain.head(13), plain, plain.tail(21)], { how: "vertical" });
    await check(around.slice(13, ROWS), plain);
    await check(chunks(around).slice(13, ROWS), plain);
    const flags = (frame: DataFrame) => frame.withColumns(close.gt(65));
    await check(flags(around).slice(13, ROWS), flags(plain).withColumns(close.cast(pl.Float64)));
  });

  test("filtered and sorted", async () => {
    const odd = plain.withRowIndex("row").filter(pl.col("row").modulo(2).eq(1)).drop("row");
    const values = gappy.filter((_, row) => row % 2 === 1);
    await check(odd, odd.withColumns(numbers(values)));
  });
});

describe("columns of keys", () => {
  const withKeys = ta
    .catalog()
    .filter(({ semantics }) => semantics.input_slots.some(({ kind }) => kind === "key"));

  /** The sessions of bars as numbers; each other column has the same ones in another type. */
  const session = pl.col("session").cast(pl.Int64);
  const day = session.mul(86_400_000);
  const types = {
    Int32: session.cast(pl.Int32),
    Int64: session.mul(10 ** 14).cast(pl.Int64),
    UInt8: session.cast(pl.UInt8),
    Date: session.cast(pl.Int32).cast(pl.Date),
    "Datetime, ms": day.cast(pl.Datetime("ms")),
    "Datetime, us": day.mul(1000).cast(pl.Datetime("us")),
    "Datetime, ns": day.mul(1_000_000).cast(pl.Datetime("ns")),
    Duration: day.cast(pl.Datetime("ms")).sub(pl.lit(new Date(0)).cast(pl.Datetime("ms"))),
    Time: session.mul(1_000_000_000).cast(pl.Time),
  };

  test("are there in the catalog", () => expect(withKeys.length).toBeGreaterThan(0));

  describe.each(withKeys.map((meta) => [meta.id, meta] as const))("%s", (_, meta) => {
    const inputs = usualInputs(meta);
    const [key = ""] = meta.semantics.input_slots.flatMap(({ kind, name }) =>
      kind === "key" ? [name] : [],
    );
    const expr = () => ta.indicator(meta.id, {}, { ...inputs, [key]: "key" });
    const source = frameOf(bars(ROWS));

    test.each(Object.entries(types))("%s", async (_, make) => {
      for (const gap of [false, true]) {
        const own = gap
          ? pl.when(pl.col("volume").gt(9000)).then(pl.lit(null)).otherwise(make)
          : make;
        const frame = source.withColumns(own.alias("key"));
        const plain = pl.col("session").cast(pl.Int32);
        const same = gap
          ? pl.when(pl.col("volume").gt(9000)).then(pl.lit(null)).otherwise(plain)
          : plain;
        const wanted = source.withColumns(same.alias("key")).select(expr());
        for (const exchange of WAYS) {
          const [made, traces] = await select(frame, [expr()], exchange);
          expect(isSame(made, wanted), `${exchange.name}, ${gap}`).toBe(true);
          expect(traces).toMatchObject([taken(exchange)]);
        }
      }
    });

    test.each(["Float64", "Float32", "String", "Decimal"] as const)("no %s", async (name) => {
      const dtype = name === "Decimal" ? pl.Decimal(12, 2) : pl[name];
      const frame = source.withColumns(pl.col("session").cast(dtype).alias("key"));
      for (const exchange of WAYS) {
        await expect(select(frame, [expr()], exchange)).rejects.toThrow(
          /^column "key" has dtype \w+.*; a key takes a Boolean, whole-number, date or time column$/,
        );
      }
    });
  });
});
