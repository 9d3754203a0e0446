/** Several indicators at once over Arrow: texts, objects, nesting, names, refusals. */

import { Table, vectorFromArray } from "apache-arrow";
import pl from "nodejs-polars";
import { ta as polars } from "nodejs-polars-ta";
import { type Indicator, ta } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { onEvaluation, type Trace } from "../../plugin/dist/core/trace.js";
import { child, difference, tableOf } from "../support/arrow.js";

const frame = pl.readCSV("golden/data/stocks.csv");
const table = tableOf(frame);

function traced<T>(work: () => T): [T, Trace[]] {
  const traces: Trace[] = [];
  const stop = onEvaluation((trace) => traces.push(trace));
  try {
    return [work(), traces];
  } finally {
    stop();
  }
}

describe("texts and objects", () => {
  const close = pl.col("close");
  const features = [
    "rsi(14)",
    "macd(12, 26, 9).histogram as h",
    "sma(rsi(14), 5)",
    "macd",
    "crossup(ema(12), ema(26))",
    "crossdown(close, 50) as low",
    "atr(high, low, open, period=7) as from_open",
    "bbands(20, ma_type=ema) as bb",
    "willr(period: 10)",
  ];
  const objects: Indicator[] = [
    { id: "rsi", params: { period: 14 } },
    { id: "macd", field: "histogram", as: "h" },
    { id: "sma", params: { period: 5 }, inputs: { series: { id: "rsi", params: { period: 14 } } } },
    { id: "macd" },
    {
      id: "crossup",
      inputs: {
        series: { id: "ema", params: { period: 12 } },
        other: { id: "ema", params: { period: 26 } },
      },
    },
    { id: "crossdown", inputs: { series: child(table, "close"), other: 50 }, as: "low" },
    { id: "atr", params: { period: 7 }, inputs: { close: "open" }, as: "from_open" },
    { id: "bbands", params: { period: 20, maType: "ema" }, as: "bb" },
    { id: "williams_r", params: { period: 10 } },
  ];
  const exprs = [
    close.ta.rsi(14),
    close.ta.macd().struct.field("histogram").alias("h"),
    close.ta.rsi(14).ta.sma(5),
    close.ta.macd(),
    close.ta.ema(12).ta.crossup(close.ta.ema(26)),
    close.ta.crossdown(50).alias("low"),
    polars.atr(7, { close: "open" }).alias("from_open"),
    close.ta.bbands({ period: 20, maType: "ema" }).alias("bb"),
    polars.willr(10),
  ];

  test.each([undefined, "symbol"])("are what the expressions are, within groups of %s", (over) => {
    const grouped = exprs.map((expr) => (over === undefined ? expr : expr.over(over)));
    const wanted = tableOf(frame.select(...grouped));
    for (const list of [features, objects]) {
      const made = ta.compute(table, list, over === undefined ? {} : { over });
      expect(made.schema.names).toEqual(wanted.schema.names);
      expect(made.numRows).toBe(frame.height);
      const off = wanted.schema.names.map((name) =>
        difference(child(made, String(name)), child(wanted, String(name))),
      );
      expect(off).toEqual(off.map(() => undefined));
    }
  });

  test("are one call of the addon for each level, equal ones once", () => {
    const [, traces] = traced(() => ta.compute(table, features, { over: "symbol" }));
    expect(traces.map(({ indicators, groups, inputs }) => [indicators, groups, inputs])).toEqual([
      // rsi, macd, two averages, crossdown, atr, bbands, willr; then what reads them.
      [8, ["keys"], "columns"],
      [2, ["keys"], "columns"],
    ]);
    const [, alone] = traced(() => ta.compute(table, ["rsi(14) as a", "rsi(period=14) as b"]));
    expect(alone.map(({ indicators }) => indicators)).toEqual([1]);
  });

  test("take the place of columns that they are named after", () => {
    const made = ta.compute(table, ["sma(5) as close", "ema(3)"], { keep: true });
    expect(made.schema.names).toEqual([...frame.columns, "ema_3"]);
    expect(difference(child(made, "close"), ta.sma(table, 5))).toBeUndefined();
  });

  test("nothing gives an empty table", () => {
    expect(ta.compute(table, []).numCols).toBe(0);
  });
});

/** The catalog's names that are the nearest to a wrong one, as a message has them. */
function nearest(name: string): string {
  const known = polars.catalog().flatMap(({ id, aliases }) => [id, ...aliases]);
  return addon.hint(name, known);
}

describe("refusals", () => {
  const small = new Table({ close: vectorFromArray(Float64Array.of(1, 2, 3)) });
  const any = ta.compute as unknown as (...args: unknown[]) => unknown;
  const cases: [unknown[], string][] = [
    [[child(small, "close"), ["rsi"]], "compute takes a table or record batch, got a vector"],
    [[small, "rsi"], 'compute: indicators must be a list, got "rsi"'],
    [
      [small, ["rsi"], { ovre: "close" }],
      'compute: unknown option "ovre" (did you mean "over"?); it takes over, keep, inputs',
    ],
    [[small, ["rsi"], { keep: 1 }], "compute: keep must be true or false, got 1"],
    [[small, ["rsi"], 3], "compute: options must be an object, got 3"],
    [[small, [3]], "compute: an indicator must be an object with an id, got 3"],
    [[small, [{ id: "rsii" }]], `unknown indicator "rsii"${nearest("rsii")}`],
    [[small, [{ id: 3 }]], "compute: an indicator is named by text, got 3"],
    [
      [small, [{ id: "rsi", param: {} }]],
      'rsi: unknown option "param" (did you mean "params"?); it takes id, params, inputs, missing, field, as',
    ],
    [[small, [{ id: "rsi", params: 3 }]], "rsi: params must be an object by name, got 3"],
    [[small, [{ id: "rsi", as: 3 }]], "rsi: as must be a string, got 3"],
    [
      [small, [{ id: "macd", field: "hist" }]],
      'macd has no output "hist"; it has macd, signal, histogram',
    ],
    [
      [small, [{ id: "rsi", field: "x" }]],
      'rsi has no output "x"; it has one output, without a name',
    ],
    [
      [small, ["ema(3)", "ema(3)"]],
      'compute: two results are called "ema_3"; name one of them with as',
    ],
    [
      [small, ["rssi(3)"]],
      `unknown indicator "rssi"${nearest("rssi")}, at character 1\n  rssi(3)\n  ^^^^`,
    ],
    [
      [small, ["rsi(14) < 30"]],
      '"<" is not computed over Arrow tables; use a pipeline over polars, at character 1\n  rsi(14) < 30\n  ^^^^^^^^^^^^',
    ],
    [
      [small, ["ema(3, 4)"]],
      "ema has no more parameters; it takes series, period, at character 8\n  ema(3, 4)\n         ^",
    ],
    [
      [small, ["ema(period=3, period=4)"]],
      "ema: period is given twice, at character 15\n  ema(period=3, period=4)\n                ^^^^^^^^",
    ],
    [
      [small, ["ema(high=3)"]],
      'ema: unknown parameter "high"; it takes period, series, missing, at character 5\n  ema(high=3)\n      ^^^^^^',
    ],
    [[small, ["clos"]], `unknown indicator "clos"${nearest("clos")}`],
    [
      [small, ["`close`"]],
      "compute takes indicators, not a column, at character 1\n  `close`\n  ^^^^^^^",
    ],
    [[small, ["3"]], "compute takes indicators, not a constant, at character 1\n  3\n  ^"],
    [
      [small, ["ema(close + 1)"]],
      '"+" is not computed over Arrow tables; use a pipeline over polars, at character 1\n  ema(close + 1)\n  ^^^^^^^^^^^^^^',
    ],
    [
      [small, ["ema(clos)"]],
      'ema: there is no column "clos" (did you mean "close"?); the table has close',
    ],
  ];

  test.each(cases.map(([args, sentence]) => ({ args, sentence })))(
    "$sentence",
    ({ args, sentence }) => {
      expect(() => any(...args)).toThrow(
        expect.objectContaining({ name: "TaError", message: sentence }),
      );
    },
  );
});

test("info says what runs, in both entries", () => {
  const info = ta.info();
  expect(info).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    contractVersion: 2,
    engine: "native",
    threads: expect.any(Number),
    resultMemory: "addon",
  });
  const mode = {
    mode: expect.stringMatching(/^(native|copying)$/),
    modeReason: expect.any(String),
  };
  expect(polars.info()).toEqual({ ...info, ...mode });
});
