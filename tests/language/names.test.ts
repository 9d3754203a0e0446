/** What the names in an expression mean, and the sentences for those that mean nothing. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { bars, frameOf } from "../support/bars.js";
import { expectSame } from "../support/contexts.js";
import { lookingAhead, message } from "../support/texts.js";

const df = frameOf(bars(300)).withColumns(
  pl.col("close").alias("macd"),
  pl.col("open").alias("ema"),
  pl.col("close").mul(2).alias("Adj Close"),
);
const close = pl.col("close");

describe("positions and names", () => {
  test.each([
    ["rsi", close.ta.rsi()],
    ["rsi()", close.ta.rsi()],
    ["rsi(14)", close.ta.rsi(14)],
    ["rsi(period=14)", close.ta.rsi(14)],
    ["rsi(timeperiod: 14)", close.ta.rsi(14)],
    ["RSI(14)", close.ta.rsi(14)],
    ["rsi(open, 14)", pl.col("open").ta.rsi(14)],
    ["rsi(14, series=open)", pl.col("open").ta.rsi(14)],
    ["rsi(`Adj Close`, 14)", pl.col("Adj Close").ta.rsi(14)],
    ["rsi(col('Adj Close'), 14)", pl.col("Adj Close").ta.rsi(14)],
    ["macd(8, 21, 5)", close.ta.macd(8, 21, 5)],
    ["macd(fast_period=8, slowPeriod=21)", close.ta.macd({ fastPeriod: 8, slowPeriod: 21 })],
    ["bbands(20, 2, 2, ema)", close.ta.bbands(20, 2, 2, "ema")],
    ["bbands(20, ma_type='EMA')", close.ta.bbands({ period: 20, maType: "ema" })],
    ["atr(7)", ta.atr(7)],
    ["atr(other, low, close, 7)", ta.atr({ period: 7, high: "other" })],
    ["atr(7, close=open)", ta.atr({ period: 7, close: "open" })],
    ["crossup(ema(3), ema(5))", ta.crossup(close.ta.ema(3), close.ta.ema(5))],
    ["crossup(rsi(14), 50)", ta.crossup(close.ta.rsi(14), 50)],
    ["crossup(rsi(14), other=50)", ta.crossup(close.ta.rsi(14), 50)],
    ["mavp(periods, 2, 20)", close.ta.mavp("periods", 2, 20)],
    ["mavp(open, periods, 2, 20)", pl.col("open").ta.mavp("periods", 2, 20)],
    ["pivots(session, camarilla)", ta.pivots("session", { method: "camarilla" })],
    ["session_vwap(session)", ta.session_vwap("session")],
    ["sma(rsi(14), 5)", close.ta.rsi(14).ta.sma(5)],
    ["sma(macd(12, 26, 9).macd, 5)", close.ta.macd().struct.field("macd").ta.sma(5)],
    ["sma(5, missing=propagate)", close.ta.sma(5, { missing: "propagate" })],
    ["lag(open, 3)", pl.col("open").ta.shift(3)],
    ["rocp(-0 + close, 3)", close.ta.rocp(3)],
    ["bbands(nb_dev_up=-1)", close.ta.bbands({ nbDevUp: -1 })],
  ])("%s", (text, expr) => {
    expectSame(df.select(ta.expr(text).alias("x")), df.select(expr.alias("x")));
  });

  test.each([
    // A whole feature and what stands before a dot may be an indicator; elsewhere a bare word is a column.
    ["ema", close.ta.ema().alias("x")],
    ["`ema`", pl.col("ema")],
    ["(ema)", close.ta.ema().alias("x")],
    ["ema + 0", pl.col("ema")],
    ["sma(ema, 3)", pl.col("ema").ta.sma(3)],
    ["macd.signal", close.ta.macd().struct.field("signal")],
    ["sma(macd.signal, 3)", close.ta.macd().struct.field("signal").ta.sma(3)],
    ["sma(macd, 3)", close.ta.sma(3)],
    ["bbands(10, 2, 2, ema).upper", close.ta.bbands(10, 2, 2, "ema").struct.field("upper")],
  ])("the bare words of %s", (text, expr) => {
    expectSame(df.select(ta.expr(text).alias("x")), df.select(expr.alias("x")));
  });

  test("a struct column's fields are read in backticks", () => {
    const structs = df.select(close.ta.macd().alias("macd"));
    const field = structs.select(ta.expr("`macd`.signal").alias("x"));
    expectSame(field, structs.select(pl.col("macd").struct.field("signal").alias("x")));
  });

  test("inputs say what bare words are, everywhere but in backticks", () => {
    const options = { inputs: { close: "open", spread: "high - low", one: 1 } };
    for (const [text, expr] of [
      ["rsi(14)", pl.col("open").ta.rsi(14)],
      ["close - `close`", pl.col("open").sub(close)],
      ["sma(spread, 3)", pl.col("high").sub(pl.col("low")).ta.sma(3)],
      ["spread + one", pl.col("high").sub(pl.col("low")).add(1)],
      ["atr(3)", ta.atr({ period: 3, close: "open" })],
    ] as const) {
      const made = df.select(ta.expr(text, options).alias("x"));
      expectSame(made, df.select(expr.alias("x")));
    }
  });

  test("an input that is nearly a name of the text is refused", () => {
    const text = "rsi(14) < level";
    const said = (inputs: Record<string, string | number>) =>
      message(() => ta.expr(text, { inputs }));
    expect(said({ cloze: "open", level: 30 })).toBe(
      'TaError: inputs.cloze is not in the expression (did you mean "close"?)',
    );
    // What is given itself was not misspelled.
    expect(said({ close: "open", close2: "high", level: 30 })).toBe("nothing was thrown");
  });
});

describe("default names", () => {
  test.each([
    ["rsi(14)", "rsi_14"],
    ["macd", "macd_12_26_9"],
    ["macd.histogram", "macd_12_26_9_histogram"],
    ["sma(rsi(14), 5)", "sma_5"],
    ["bbands(20,2) as bb", "bb"],
    ["close", "close"],
    ["`Adj Close`", "Adj Close"],
    ["close/sma( 200 )-1", "close / sma(200) - 1"],
    ["rsi(14)<30", "rsi(14) < 30"],
  ])("%s is called %s", (text, name) => {
    expect(df.select(ta.expr(text)).columns).toEqual([name]);
  });
});

describe("what is not known is shown where it stands", () => {
  test.each([
    [
      "close > rsj(14)",
      'unknown indicator "rsj" (did you mean "rsi" or "rsx"?), at character 9',
      "        ^^^",
    ],
    [
      "rsi(perid=14)",
      'rsi: unknown parameter "perid" (did you mean "period"?); it takes period, series, missing, at character 5',
      "    ^^^^^^^^",
    ],
    [
      "sma(rsi(0), 3)",
      "rsi: period must be a whole number from 2 to 100000, got 0, at character 9",
      "        ^",
    ],
    [
      "shift(close, -1)",
      "shift: period must be a whole number from 1 to 100000, got -1, at character 14",
      "             ^^",
    ],
    [
      "rsi(14, 3)",
      "rsi has no more parameters; it takes series, period, at character 9",
      "        ^",
    ],
    [
      "rsi(14, open)",
      "rsi has no more parameters; it takes series, period, at character 9",
      "        ^^^^",
    ],
    [
      "macd(12, open)",
      'macd: slowPeriod must be a whole number from 2 to 100000, got "open", at character 10',
      "         ^^^^",
    ],
    [
      "rsi(open, high)",
      'rsi: period must be a whole number from 2 to 100000, got "high", at character 11',
      "          ^^^^",
    ],
    [
      "rsi(open, high - 1)",
      "rsi: period must be a value, not the expression high - 1, at character 11",
      "          ^^^^^^^^",
    ],
    [
      "atr(open, 14)",
      "atr reads high, low, close; give all of them in this order, or some by name, as in high=open, at character 5",
      "    ^^^^",
    ],
    ["crossup(open)", "crossup: other is required, at character 1", "^^^^^^^^^^^^^"],
    ["rsi(14, period=3)", "rsi: period is given twice, at character 9", "        ^^^^^^^^"],
    [
      "rsi(period=3, 14)",
      "an argument without a name stands before those with one, at character 15",
      "              ^^",
    ],
    [
      "rsi(series='close')",
      "rsi: series must be an expression; a column is written `close`, at character 12",
      "           ^^^^^^^",
    ],
    [
      "rsi(14, missing=skp)",
      'missing must be "skip", "propagate" or "error", got "skp", at character 9',
      "        ^^^^^^^^^^^",
    ],
    [
      "macd.histo",
      'macd has no output "histo" (did you mean "histogram"?); its outputs are macd, signal, histogram, at character 5',
      "    ^^^^^^",
    ],
    ["rsi(14).value", "rsi has one output; leave out .value, at character 8", "       ^^^^^^"],
    ["(open + 1).x", "open + 1 has no outputs to choose from, at character 11", "          ^^"],
    [
      "macd(12, 26, 9) > 0",
      "macd has the outputs macd, signal, histogram; choose one, as in macd(12, 26, 9).macd, at character 1",
      "^^^^^^^^^^^^^^^",
    ],
    [
      "sma(macd(), 3)",
      "macd has the outputs macd, signal, histogram; choose one, as in macd().macd, at character 5",
      "    ^^^^^^",
    ],
    [
      "rsi(14) and open > 1",
      '"and" needs a condition, as in rsi(14) > 0; this is a number, at character 1',
      "^^^^^^^",
    ],
    [
      "not rsi(14)",
      '"not" needs a condition, as in rsi(14) > 0; this is a number, at character 5',
      "    ^^^^^^^",
    ],
    ["1 + (open > 1)", '"+" needs a number; this is a condition, at character 5', "    ^^^^^^^^^^"],
    ["-(open > 1)", '"-" needs a number; this is a condition, at character 2', " ^^^^^^^^^^"],
    ["rsi(14) == 'x'", '"==" compares a number with a text, at character 1', "^^^^^^^^^^^^^^"],
    ["true < false", '"<" compares conditions; only == and != do, at character 1', "^^^^^^^^^^^^"],
  ])("%s", (text, sentence, carets) => {
    expect(message(() => ta.expr(text))).toBe(`TaError: ${sentence}\n  ${text}\n  ${carets}`);
  });

  test("options and their values", () => {
    const expr = ta.expr as (text: string, options?: unknown) => unknown;
    expect(message(() => expr("rsi", 3))).toBe("TaError: expr: options must be an object, got 3");
    expect(message(() => expr("rsi", { input: {} }))).toBe(
      'TaError: expr: unknown option "input" (did you mean "inputs"?); it takes inputs, missing, allowLookahead',
    );
    expect(message(() => expr("rsi", { missing: "no" }))).toBe(
      'TaError: expr: missing must be "skip", "propagate" or "error", got "no"',
    );
    expect(message(() => expr("rsi", { inputs: { close: "a +" } }))).toBe(
      "TaError: inputs.close: the text ends where a value is expected, at character 4\n  a +\n     ^",
    );
    expect(message(() => expr("rsi", { inputs: { close: "macd() + 1" } }))).toContain(
      "TaError: inputs.close: macd has the outputs",
    );
  });

  test("a look-ahead that is not allowed", () => {
    expect(message(() => ta.expr("swing_highs(confirmed=false, right=4)"))).toBe(
      'TaError: swing_highs needs 4 later rows; if that is wanted, allow it with allowLookahead: ["swing_highs"], else leave confirmed at true',
    );
    for (const { id, text } of lookingAhead) {
      expect(message(() => ta.expr(id))).toBe("nothing was thrown");
      expect(message(() => ta.expr(text, { allowLookahead: [id] }))).toBe("nothing was thrown");
    }
  });
});

test("nothing in a text is run, or reaches into JavaScript", () => {
  for (const text of [
    "process.exit(1)",
    "constructor",
    "__proto__",
    "toString()",
    "hasOwnProperty(1)",
  ]) {
    const outcome = message(() => df.select(ta.expr(text)));
    expect(outcome).toMatch(/^(TaError: (unknown indicator|"\(" stands)|Error: .*not found)/);
  }
});
