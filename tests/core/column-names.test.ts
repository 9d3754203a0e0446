/** Frames that spell the usual columns otherwise give what they give under the usual names. */

import pl, { type DataFrame, type Expr, type LazyDataFrame } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { ta as arrow } from "nodejs-polars-ta/arrow";
import { beforeAll, describe, expect, test } from "vitest";
import { barTransforms } from "../../plugin/dist/generated/transforms.js";
import { arrowMethod, child, difference, tableOf } from "../support/arrow.js";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { expectSame } from "../support/contexts.js";
import { stocks } from "../support/files.js";
import { methods } from "../support/surface.js";
import { message } from "../support/texts.js";

/** How files of brokers spell them, and with other names, two of them with blanks. */
const SPELT = { open: "Open", high: "HIGH", low: " Low", close: "cLose", volume: "VOLUME " };
const OTHER = { open: "o", high: "hi", low: "lo", close: "Adj Close", volume: "No. of shares" };
const usual = Object.keys(SPELT);
const back = Object.fromEntries(Object.entries(SPELT).map(([name, spelt]) => [spelt, name]));

const plain = frameOf(bars(340)).withColumns(
  pl.col("session").modulo(3).alias("key"),
  pl.lit("x").alias("word"),
);
const spelt = plain.rename(SPELT);
const other = plain.rename(OTHER);

/** A frame under the usual names. */
const plainly = (frame: DataFrame): DataFrame =>
  frame.rename(Object.fromEntries(frame.columns.map((name) => [name, back[name] ?? name])));

/** What must be given, as a frame with these names has it. */
function given(meta: IndicatorMeta, names: Record<string, string>): Record<string, string> {
  const asked = meta.semantics.input_slots.filter((slot) => slot.default === undefined);
  const inputs = usualInputs(meta);
  return Object.fromEntries(
    asked.map(({ name }) => {
      const column = inputs[name] ?? "";
      return [name, names[column] ?? column];
    }),
  );
}

type Names = Record<string, string>;

const one = (meta: IndicatorMeta, names: Names): Expr =>
  ta.indicator(meta.id, {}, given(meta, names)).alias(meta.id);
const all = (names: Names): Expr[] => ta.catalog().map((meta) => one(meta, names));

test("the usual names are all that the catalog has as defaults", () => {
  const defaults = ta.catalog().flatMap((meta) => meta.semantics.input_slots);
  expect(new Set(defaults.flatMap((slot) => slot.default ?? []))).toEqual(new Set(usual));
});

/** Every context of polars, over a frame whose columns have these names. */
type Common = Pick<
  LazyDataFrame,
  "select" | "withColumns" | "filter" | "sort" | "groupBy" | "join"
>;
const CONTEXTS: Readonly<Record<string, (frame: Common, names: Names) => unknown>> = {
  select: (frame, names) => frame.select(...all(names)),
  withColumns: (frame, names) => frame.withColumns(...all(names)),
  "select over groups": (frame, names) =>
    frame.select(...all(names).map((expr) => expr.over("key"))),
  "groupBy and agg": (frame, names) =>
    (frame.groupBy("key").agg(...all(names)) as unknown as Common).sort("key"),
};

const SINGLE: Readonly<Record<string, (frame: Common, expr: Expr) => Common>> = {
  filter: (frame, expr) => frame.filter(expr.isNotNull()),
  sort: (frame, expr) => frame.sort(expr.isNull()),
  "groupBy a result": (frame, expr) =>
    frame.groupBy(expr.isNull()).agg(pl.len().alias("rows")) as unknown as Common,
  "inside another": (frame, expr) => frame.select(expr.isNull().cast(pl.Float64).ta.sma(2)),
};

describe.each(Object.entries(CONTEXTS))("the whole catalog in %s", (_, context) => {
  const run = (frame: unknown, names: Names) => context(frame as Common, names);

  let wanted: DataFrame;
  beforeAll(() => {
    wanted = run(plain, {}) as DataFrame;
  });

  test("of a DataFrame", () => {
    expectSame(plainly(run(spelt, SPELT) as DataFrame), wanted);
  });

  test("of a LazyDataFrame, also what it answers without running", async () => {
    const lazy = run(spelt.lazy(), SPELT) as LazyDataFrame;
    expect(lazy.columns.map((name) => back[name] ?? name)).toEqual(wanted.columns);
    expect(lazy.describePlan()).toContain("cLose");
    expectSame(plainly(await lazy.collect()), wanted);
    expectSame(plainly(lazy.collectSync()), wanted);
  });
});

test.each(Object.entries(SINGLE))("each indicator in %s", (_, context) => {
  const run = (frame: DataFrame, meta: IndicatorMeta, names: Names) =>
    context(frame as unknown as Common, one(meta, names)) as unknown as DataFrame;
  const sorted = (frame: DataFrame) =>
    frame.columns.length === 2 ? frame.sort(frame.columns[0] ?? "") : frame;
  for (const meta of ta.catalog()) {
    const made = run(spelt, meta, SPELT);
    expectSame(sorted(plainly(made)), sorted(run(plain, meta, {})));
  }
});

describe("methods on frames", () => {
  test("read them and leave them as they are", () => {
    for (const meta of ta.catalog()) {
      const call = (frame: object, names: Names) =>
        methods<DataFrame>(frame)(meta.id)({ ...given(meta, names), as: meta.id });
      const wanted = call(plain.ta, {});
      const made = call(spelt.ta, SPELT);
      expect(made.columns).toEqual([...spelt.columns, meta.id]);
      expectSame(plainly(made), wanted);
      const lazy = call(spelt.lazy().ta, SPELT) as unknown as LazyDataFrame;
      expect(lazy.columns).toEqual(made.columns);
      expectSame(lazy.collectSync(), made);
      expectSame(call(ta(other, { inputs: OTHER }), OTHER).select(meta.id), wanted.select(meta.id));
    }
  });

  test.each(Object.keys(barTransforms))("%s puts prices in their places", (method) => {
    const call = (target: object) => methods<DataFrame>(target)(method)();
    const made = call(spelt.ta);
    expect(made.columns).toEqual(spelt.columns);
    expectSame(plainly(made), call(plain.ta));
    expectSame(call(ta(other, { inputs: OTHER })), call(plain.ta).rename(OTHER));
  });

  test("resample and sync", () => {
    const days = stocks();
    const [made, wanted] = [days.rename(SPELT), days].map((frame) => {
      const weeks = frame.ta.resample("1w", { over: "symbol" });
      return frame.ta.sync(weeks, { by: "symbol", every: "1w", suffix: "_w" });
    }) as [DataFrame, DataFrame];
    const names = (name: string) =>
      name.replace(/^(.*?)(_w)?$/, (_, n, w = "") => (back[n] ?? n) + w);
    expectSame(made.rename(Object.fromEntries(made.columns.map((n) => [n, names(n)]))), wanted);
    const renamed = ta(days.rename(OTHER), { inputs: OTHER }).resample("1w", { over: "symbol" });
    expectSame(renamed, days.ta.resample("1w", { over: "symbol" }).rename(OTHER));
  });
});

describe("pipelines", () => {
  const text = (meta: IndicatorMeta, names: Names) => {
    const inputs = Object.entries(given(meta, names));
    return `${meta.id}(${inputs.map(([slot, name]) => `${slot}=\`${name}\``).join(", ")})`;
  };
  const ids = ta.catalog().map((meta) => meta.id);
  const pipeline = (names: Names, inputs = {}) =>
    ta.pipeline({
      inputs,
      over: "key",
      allowLookahead: ids,
      features: ta.catalog().map((meta) => ({ expr: text(meta, names), as: meta.id })),
    });
  const wanted = pipeline({}).apply(plain);

  test("on frames of both kinds", async () => {
    expectSame(plainly(pipeline(SPELT).apply(spelt)), wanted);
    const lazy = pipeline(SPELT).apply(spelt.lazy());
    expect(lazy.columns).toEqual([...spelt.columns, ...ids]);
    expectSame(plainly(await lazy.collect()), wanted);
  });

  test("on the last rows", () => {
    expectSame(
      pipeline(SPELT).tail(spelt, 5, { keep: "none" }),
      pipeline({}).tail(plain, 5, { keep: "none" }),
    );
    const short = ta.pipeline({ features: ["sma(14)", "atr(5)"] });
    expectSame(plainly(short.tail(spelt, 3)), short.tail(plain, 3));
  });

  test("on Arrow tables", async () => {
    const made = await pipeline(SPELT).apply(tableOf(spelt), { keep: "none" });
    const same = await pipeline({}).apply(tableOf(plain), { keep: "none" });
    for (const id of ids) expect(difference(child(made, id), child(same, id)), id).toBeUndefined();
  });

  test("with names for a whole pipeline", () => {
    const columns = Object.entries(OTHER).map(([name, column]) => [name, `\`${column}\``]);
    const made = pipeline(OTHER, Object.fromEntries(columns)).apply(other, { keep: "none" });
    expectSame(made, wanted.select(...ids));
  });
});

describe("Arrow tables", () => {
  const [table, renamed, elsewhere] = [plain, spelt, other].map(tableOf);

  test("method by method, and computed together", () => {
    const asked = (names: Names) =>
      ta.catalog().map(({ id }, index) => {
        const inputs = given(ta.catalog()[index] as IndicatorMeta, names);
        return { id, inputs, as: id };
      });
    const together = arrow.compute(renamed as never, asked(SPELT));
    const named = arrow.compute(elsewhere as never, asked(OTHER), { inputs: OTHER });
    for (const meta of ta.catalog()) {
      const wanted = arrowMethod(meta.id)(table, given(meta, {}));
      const made = arrowMethod(meta.id)(renamed, given(meta, SPELT));
      expect(difference(made, wanted), meta.id).toBeUndefined();
      expect(difference(child(together, meta.id), wanted), meta.id).toBeUndefined();
      expect(difference(child(named, meta.id), wanted), meta.id).toBeUndefined();
    }
  });

  test("in texts", () => {
    const texts = ["rsi(14)", "sma(atr(5), 3) as smooth", "macd.signal as s"];
    const wanted = arrow.compute(table as never, texts);
    const made = arrow.compute(renamed as never, texts);
    const named = arrow.compute(elsewhere as never, texts, { inputs: OTHER });
    for (const name of wanted.schema.fields.map((field) => field.name)) {
      expect(difference(child(made, name), child(wanted, name))).toBeUndefined();
      expect(difference(child(named, name), child(wanted, name))).toBeUndefined();
    }
  });
});

describe("charts", () => {
  const day = stocks()
    .filter(pl.col("symbol").eq(pl.lit("IBM")))
    .tail(80);
  const indicators = ["rsi", "atr(5)", "bbands"];

  test("find prices, times and symbols", () => {
    const names = { ...SPELT, date: "Date", symbol: "Symbol" };
    const wanted = day.ta.chart({ indicators });
    expect(day.rename(names).ta.chart({ indicators }).spec).toEqual(wanted.spec);
    const told = day.rename(OTHER);
    expect(told.ta.chart({ indicators, ...OTHER }).spec).toEqual(wanted.spec);
    expect(ta(told, { inputs: OTHER }).chart({ indicators }).spec).toEqual(wanted.spec);
  });

  test("read the closes that they are told to read", () => {
    const both = day.withColumns(pl.col("close").mul(0.5).alias("Adj Close"));
    const half = day.withColumns(pl.col("close").mul(0.5));
    const chart = both.ta.chart({
      indicators: ["sma(5)", "close / sma(3) as c"],
      close: "Adj Close",
    });
    const wanted = half.ta.chart({ indicators: ["sma(5)", "close / sma(3) as c"] });
    expect(chart.spec).toEqual(wanted.spec);
  });
});

describe("a name that somebody wrote is never guessed", () => {
  const missing = (call: () => unknown) => expect(message(call));
  test.each<[string, () => unknown]>([
    ["a column", () => spelt.select(pl.col("close").ta.rsi(14))],
    ["an input", () => spelt.select(ta.atr({ high: "high" }))],
    ["an input of a method", () => spelt.ta.atr({ high: "high" })],
    ["an input of a namespace", () => ta(spelt, { inputs: { close: "close" } }).rsi()],
    ["an input by id", () => spelt.select(ta.indicator("rsi", {}, { series: "close" }))],
    ["a bare word", () => spelt.select(ta.expr("close + 1"))],
    ["a word in a call", () => spelt.select(ta.expr("rsi(close, 14)"))],
    ["a word in a pipeline", () => ta.pipeline({ features: ["close / sma(3)"] }).apply(spelt)],
    [
      "an input of a pipeline",
      () => ta.pipeline({ inputs: { close: "close" }, features: ["rsi"] }).apply(spelt),
    ],
    [
      "what a pipeline has written",
      () => ta.pipeline(ta.pipeline({ features: ["rsi"] }).toJSON()).apply(spelt),
    ],
    ["an Arrow column", () => arrow.atr(tableOf(spelt), { close: "close" })],
    ["an Arrow text", () => arrow.compute(tableOf(spelt), ["rsi(close)"])],
    ["an Arrow name", () => arrow.compute(tableOf(spelt), ["rsi"], { inputs: { close: "close" } })],
    ["a price of bars", () => spelt.ta.chart({ close: "close" })],
    ["a price to transform", () => methods(spelt.ta)("heikinAshi")({ close: "close" })],
  ])("%s", (_, call) => {
    missing(call).toMatch(/"(close|high)"/);
    missing(call).not.toBe("nothing was thrown");
  });

  test("also where the usual one has been found before", () => {
    const table = tableOf(spelt);
    expect(message(() => arrow.compute(table, ["rsi", "rsi(close) as b"]))).toContain(
      'there is no column "close"',
    );
    expect(message(() => spelt.select(ta.rsi(14), pl.col("close").ta.rsi(7)))).toContain("close");
  });
});

describe("which column is meant", () => {
  const twice = spelt.withColumns(pl.col("cLose").mul(2).alias("CLOSE"));
  const exact = twice.withColumns(pl.col("cLose").alias("close"));

  test("the one of exactly that name, if there is one", () => {
    expectSame(exact.select(ta.rsi(14), ta.atr(5)), plain.select(ta.rsi(14), ta.atr(5)));
    const text = ["rsi(14)"];
    expectSame(
      ta.pipeline({ features: text }).apply(exact, { keep: "none" }),
      plain.select(ta.rsi(14)),
    );
    const made = arrow.compute(tableOf(exact), text);
    expect(
      difference(child(made, "rsi_14"), child(arrow.compute(tableOf(plain), text), "rsi_14")),
    ).toBeUndefined();
  });

  test.each<[string, () => unknown]>([
    ["an expression", () => twice.select(ta.rsi(14))],
    ["a method", () => twice.ta.rsi(14)],
    ["a lazy frame, before it runs", () => twice.lazy().ta.rsi(14).columns],
    ["a pipeline", () => ta.pipeline({ features: ["rsi"] }).apply(twice)],
    ["an Arrow table", () => arrow.rsi(tableOf(twice))],
    ["a text over Arrow", () => arrow.compute(tableOf(twice), ["rsi"])],
    ["a chart", () => twice.ta.chart()],
    ["a transformation", () => methods(twice.ta)("heikinAshi")()],
  ])("is not guessed from two in %s", (_, call) => {
    expect(message(call)).toMatch(
      /^TaError: .*: "cLose" and "CLOSE" may each be the column "close"; say which one/,
    );
  });

  test.each<[string, () => unknown, string]>([
    ["an expression", () => other.select(ta.rsi(14)), '{ series: "Adj Close" }'],
    ["a method", () => other.ta.atr(14, { high: "hi", low: "lo" }), '{ close: "Adj Close" }'],
    ["an Arrow table", () => arrow.rsi(tableOf(other)), '{ series: "Adj Close" }'],
    ["a chart", () => other.ta.chart(), '{ close: "Adj Close" }'],
    [
      "a pipeline",
      () => ta.pipeline({ features: ["rsi"] }).apply(other),
      '{ close: "`Adj Close`" }',
    ],
  ])("is asked for in %s that has none", (_, call, remedy) => {
    const text = message(call);
    expect(text).toMatch(/^TaError: .*"close".* \(did you mean "Adj Close"\?\)/);
    expect(text).toContain(remedy);
    expect(text).toContain('"session"');
  });

  test("names that nothing is read from are refused", () => {
    const wrong = { clse: "Close" };
    const sentence =
      'unknown name "clse" (did you mean "close"?); it takes close, open, high, low, volume';
    expect(message(() => ta(spelt, { inputs: wrong }))).toBe(`TaError: ta(): inputs: ${sentence}`);
    expect(message(() => arrow.compute(tableOf(spelt), ["rsi"], { inputs: wrong }))).toBe(
      `TaError: compute: inputs: ${sentence}`,
    );
    expect(message(() => ta.pipeline({ features: ["rsi"], inputs: { close: "Adj Close" } }))).toBe(
      "TaError: inputs.close: Adj Close is not an expression; a column of that name is written `Adj Close`",
    );
  });
});

test("keys of a lazy join, and names that are kept", () => {
  const single = ta.catalog().filter(({ outputs }) => outputs.length === 1);
  for (const meta of single.filter((_, index) => index % 25 === 0)) {
    const [made, wanted] = [SPELT, {}].map((names) => {
      const frame: DataFrame = names === SPELT ? spelt : plain;
      const key = one(meta, names).cast(pl.Float64);
      const other = frame.head(50).select(key.alias("value"), pl.col("periods").alias("found"));
      const on = { leftOn: key, rightOn: "value", how: "left" };
      const joined = frame.lazy().join(other.lazy(), on as never) as LazyDataFrame;
      return plainly(joined.collectSync());
    }) as [DataFrame, DataFrame];
    expectSame(made, wanted);
  }
  expect(spelt.select(ta.rsi(14).keepName()).columns).toEqual(["cLose"]);
});

test("columns that are not read are not computed, whatever the others are called", () => {
  const bad = pl.col("word").cast(pl.Int32, true).alias("bad");
  for (const frame of [plain, spelt]) {
    const lazy = frame.lazy().withColumns(bad);
    expect(lazy.select(ta.atr(5)).collectSync().height).toBe(340);
    expect(() => lazy.select(ta.atr(5), "bad").collectSync()).toThrow();
  }
});
