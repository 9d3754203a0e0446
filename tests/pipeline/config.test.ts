/** Configurations of pipelines: files, forms, grids, what is refused, and what comes back from JSON. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import pl from "nodejs-polars";
import { type FeatureConfig, type PipelineConfig, ta } from "nodejs-polars-ta";
import { afterAll, describe, expect, test } from "vitest";
import { pipelineSchema } from "../../plugin/tools/schema.mjs";
import { bars, frameOf } from "../support/bars.js";
import { root } from "../support/child.js";
import { expectSame } from "../support/contexts.js";
import { runs } from "../support/runs.js";
import { lookingAhead, message } from "../support/texts.js";

const folder = mkdtempSync(join(tmpdir(), "pipelines-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const schema = JSON.parse(
  readFileSync(join(root, "plugin/schema/pipeline_v1.schema.json"), "utf8"),
);
const matches = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const df = frameOf(bars(120)).withColumns(pl.lit("A").alias("symbol"));
const only = (...features: FeatureConfig[]): PipelineConfig => ({ features });
const columnsOf = (...features: FeatureConfig[]): string[] =>
  ta.pipeline(only(...features)).columns;

test("the schema is what the types of the configuration give", async () => {
  const file = readFileSync(join(root, "plugin/schema/pipeline_v1.schema.json"), "utf8");
  expect(file, "run npm run gen").toBe(await pipelineSchema());
}, 60_000);

test("the addon takes the options that the schema has", () => {
  const taken = (config: object) => {
    try {
      ta.pipeline(config as PipelineConfig);
    } catch (error) {
      return (/it takes (.*)$/m.exec(String(error))?.[1] ?? "").split(", ").sort();
    }
  };
  const { $defs, properties } = schema;
  const named = (of: object) => Object.keys(of).sort();
  expect(taken({ features: ["rsi"], none: 1 })).toEqual(named(properties));
  for (const [kind, feature] of [
    ["IndicatorFeature", { id: "rsi" }],
    ["ExpressionFeature", { expr: "rsi" }],
  ] as const) {
    const config = { features: [{ ...feature, none: 1 }] };
    expect(taken(config)).toEqual(named($defs[kind].properties));
  }
});

describe("files", () => {
  const config: PipelineConfig = {
    over: ["symbol"],
    inputs: { close: "other" },
    features: [
      "rsi(14)",
      { id: "ema", params: { period: [5, 10] } },
      { expr: "close / 2", as: "x" },
    ],
  };
  const yaml = `
# Comments are allowed.
over: [symbol]
inputs: { close: other }
features:
  - rsi(14)
  - id: ema
    params: { period: [5, 10] }
  - { expr: close / 2, as: x }
`;

  test.each([
    ["JSON", file("a.json", JSON.stringify(config))],
    ["YAML", file("a.yaml", yaml)],
    ["YAML by its other name", file("a.YML", yaml)],
  ])("of %s make the same pipeline as the object", (_, path) => {
    const made = ta.pipeline(path);
    expect(made.toJSON()).toEqual(ta.pipeline(config).toJSON());
    expectSame(made.apply(df), ta.pipeline(config).apply(df));
  });

  test.each([
    ["no.yaml", 'there is no file "no.yaml"'],
    ["a.toml", '"a.toml" is not the path of a .json, .yaml or .yml file'],
    [file("bad.json", '{"features": '), "cannot be read: Unexpected end of JSON input"],
    [file("bad.yaml", "features: [a, b"), "cannot be read: Flow sequence in block collection"],
    [file("list.yaml", "- rsi"), "the configuration must be an object, got an array"],
    [file("empty.yaml", ""), "the configuration must be an object, got null"],
  ])("%s is refused", (path, sentence) => {
    const text = message(() => ta.pipeline(path));
    expect(text).toMatch(/^TaError: pipeline: /);
    expect(text).toContain(sentence);
  });
});

describe("grids", () => {
  test("have a column for each combination, the last parameter changing fastest", () => {
    const params = { fast_period: [5, 12], slow_period: 26, signal_period: [9, 4] };
    expect(columnsOf({ id: "macd", params, output: "signal" })).toEqual([
      "macd_5_26_9_signal",
      "macd_5_26_4_signal",
      "macd_12_26_9_signal",
      "macd_12_26_4_signal",
    ]);
  });

  test("are named by their parameters", () => {
    const feature = { id: "ma", params: { period: [5, 10], ma_type: ["sma", "ema"] } };
    expect(columnsOf({ ...feature, as: "{ma_type} of {period}" })).toEqual([
      "sma of 5",
      "ema of 5",
      "sma of 10",
      "ema of 10",
    ]);
    expect(message(() => columnsOf({ ...feature, as: "x{period}" }))).toBe(
      'TaError: features[0]: several columns would have the name "x5"; put the parameters that differ into as, such as "name_{parameter}"',
    );
    expect(message(() => columnsOf({ ...feature, as: "x{perod}" }))).toBe(
      "TaError: features[0]: as has {perod}, but params has no perod",
    );
  });

  test("compute what single features do", () => {
    const grid = { id: "sma", params: { period: [3, 5] }, inputs: { series: "(high + low) / 2" } };
    const made = ta.pipeline(only(grid)).apply(df, { keep: "none" });
    const middle = pl.col("high").add(pl.col("low")).div(2);
    expectSame(made, df.select(middle.ta.sma(3).alias("sma_3"), middle.ta.sma(5).alias("sma_5")));
  });

  test("are made of expressions too, with the values in braces", () => {
    const params = { n: [3, 5], type: ["sma", "ema"], k: 0.5 };
    const feature = { expr: "close / ma({n}, {type}) - {k}", params };
    expect(columnsOf(feature)).toEqual([
      "close / ma(3, sma) - 0.5",
      "close / ma(3, ema) - 0.5",
      "close / ma(5, sma) - 0.5",
      "close / ma(5, ema) - 0.5",
    ]);
    const named = { expr: "sma({n})", params: { n: [3, 5] }, as: "mean {n}" };
    expect(columnsOf(named)).toEqual(["mean 3", "mean 5"]);
    const made = ta.pipeline(only(named)).apply(df, { keep: "none" });
    const close = pl.col("close");
    expectSame(made, df.select(close.ta.sma(3).alias("mean 3"), close.ta.sma(5).alias("mean 5")));
    // A column may have braces in its name.
    expect(columnsOf({ expr: "`a{b}` + 1" })).toEqual(["`a{b}` + 1"]);
  });

  test.each([
    [{ expr: "sma({n})", params: { m: 3 } }, 'params has "m", but expr does not have it in braces'],
    [{ expr: "sma({n} + {m})", params: { n: 3 } }, "expr has {m}, but params has no m"],
    [{ expr: "sma({n})", params: { n: [] } }, "params must be an object of values"],
    [{ expr: "sma({n})", params: { n: [3, 4] }, as: "x" }, "several columns would have the name"],
    [
      { expr: "sma({n})", params: { n: "3) + (1" }, as: "x" },
      'params: n must be a value or a name, got "3) + (1"',
    ],
  ])("of expressions: %j is refused", (feature, sentence) => {
    expect(message(() => columnsOf(feature))).toContain(sentence);
  });
});

/** Configurations that are none, and the sentence that says so. */
const WRONG: readonly [unknown, string][] = [
  [{}, "pipeline: features is missing: a list with at least one feature"],
  [[], "pipeline: the configuration must be an object, got an array"],
  [
    { feature: ["rsi"] },
    'pipeline: unknown option "feature" (did you mean "features"?); it takes features, labels, over, time, timeFormat, inputs, missing, unnest, keep, allowLookahead, writtenBy, $schema',
  ],
  [{ features: [] }, "pipeline: features must be a list with at least one feature, got []"],
  [{ features: "rsi" }, 'pipeline: features must be a list with at least one feature, got "rsi"'],
  [{ features: [3] }, "features[0] must be a string or an object, got 3"],
  [{ features: [{}] }, "features[0] must have either id or expr, it has neither"],
  [
    { features: [{ id: "rsi", expr: "rsi" }] },
    "features[0] must have either id or expr, it has both",
  ],
  [
    { features: ["rsi", { id: "ema", param: { period: 3 } }] },
    'features[1]: unknown option "param" (did you mean "params"?); it takes id, params, inputs, output, missing, as',
  ],
  [
    { features: [{ expr: "rsi", output: "x" }] },
    'features[0]: unknown option "output"; it takes expr, params, as',
  ],
  [
    { features: [{ id: "ema", params: { period: [] } }] },
    'features[0]: params must be an object of values, or lists of values, by name, got {"period":[]}',
  ],
  [
    { features: [{ id: "ema", params: { period: null } }] },
    'features[0]: params must be an object of values, or lists of values, by name, got {"period":null}',
  ],
  [
    { features: [{ id: "ema", as: "" }] },
    'features[0]: as must be a string that is not empty, got ""',
  ],
  [{ features: ["rsi"], over: [] }, "pipeline: over must be a column or a list of columns, got []"],
  [{ features: ["rsi"], time: true }, "pipeline: time must be a column, or false, got true"],
  [
    { features: ["rsi"], timeFormat: "iso" },
    'pipeline: timeFormat must be a pattern of strftime, such as "%d/%m/%Y", got "iso"',
  ],
  [{ features: ["rsi"], unnest: "yes" }, 'pipeline: unnest must be true or false, got "yes"'],
  [
    { features: ["rsi"], missing: "drop" },
    'pipeline: missing must be "skip", "propagate" or "error", got "drop"',
  ],
  [
    { features: ["rsi"], keep: "some" },
    'pipeline: keep must be "all", "none" or a list of columns, got "some"',
  ],
  [
    { features: ["rsi"], inputs: ["close"] },
    'pipeline: inputs must be an object of expressions by name, got ["close"]',
  ],
  [
    { features: ["rsi"], allowLookahead: true },
    "pipeline: allowLookahead must be a list of indicators, got true",
  ],
];

/** Refused for what the names in them mean, which no schema knows. */
const MEANINGLESS: readonly [PipelineConfig, string][] = [
  [
    only("rsi(14)", "rsj(14)"),
    'features[1]: unknown indicator "rsj" (did you mean "rsi" or "rsx"?), at character 1\n  rsj(14)\n  ^^^',
  ],
  [only({ id: "rsj" }), 'features[0]: unknown indicator "rsj" (did you mean "rsi" or "rsx"?)'],
  [
    only({ id: "rsi", params: { perid: 3 } }),
    'features[0]: rsi: unknown parameter "perid" (did you mean "period"?); it takes period, series, missing, at character 5\n  rsi(perid=3)\n      ^^^^^^^',
  ],
  [
    only({ id: "rsi", params: { period: [14, 1] } }),
    "features[0]: rsi: period must be a whole number from 2 to 100000, got 1, at character 5\n  rsi(period=1)\n      ^^^^^^^^",
  ],
  [
    only({ id: "rsi", params: { "a b": 3 } }),
    'features[0]: "a b" is no name of a parameter or an input',
  ],
  [
    only({ id: "macd", output: "histo" }),
    'features[0]: macd has no output "histo" (did you mean "histogram"?); its outputs are macd, signal, histogram, at character 7\n  macd().histo\n        ^^^^^^',
  ],
  [
    only({ id: "rsi", inputs: { series: "close as x" } }),
    'features[0]: inputs.series takes no "as", got "close as x"',
  ],
  [
    only("rsi(14)", "sma(3)", "rsi(open, 14)"),
    'features[2]: the name "rsi_14" is also that of features[0]; give one of them another with as',
  ],
  [
    only("rsi(14) as x", { expr: "sma(3)", as: "x" }),
    'features[1]: the name "x" is also that of features[0]; give one of them another with as',
  ],
  [
    { ...only("rsi"), inputs: { clsoe: "other" } },
    'inputs.clsoe is read by no feature (did you mean "close"?)',
  ],
  [
    { ...only("rsi"), allowLookahead: ["swing_point"] },
    'allowLookahead: unknown indicator "swing_point" (did you mean "swing_points"',
  ],
];

describe("what is no configuration is refused with a sentence", () => {
  test.each(WRONG)("%j", (config, sentence) => {
    expect(message(() => ta.pipeline(config as PipelineConfig))).toBe(`TaError: ${sentence}`);
    expect(matches(config)).toBe(false);
  });

  test.each(MEANINGLESS)("%j", (config, sentence) => {
    expect(message(() => ta.pipeline(config))).toContain(`TaError: ${sentence}`);
    expect(matches(config)).toBe(true);
  });

  test("inputs of usual names need not be read", () => {
    const inputs = { open: "a", high: "b", low: "c", close: "d", volume: "e" };
    expect(ta.pipeline({ inputs, features: ["sma(3)"] }).columns).toEqual(["sma_3"]);
  });
});

describe("what a frame lacks is said before anything is run", () => {
  const refused = (config: PipelineConfig, options?: object) =>
    message(() => ta.pipeline(config).apply(df.select("open", "close", "symbol").lazy(), options));
  const has = 'it has "open", "close", "symbol"';

  test.each<[string, PipelineConfig, string]>([
    [
      "a column",
      only("sma(clse, 3)"),
      `sma_3 reads "clse", which is no column of the frame (did you mean "close"?); ${has}`,
    ],
    [
      "an input",
      only("atr(3)"),
      `atr_3 reads "high", which is no column of the frame; ${has}; say which one it is with inputs, as in { high: "\`…\`" }`,
    ],
    [
      "an indicator that looks like a column",
      only("rsi > 30"),
      `rsi > 30 reads "rsi", which is no column of the frame (the indicator is written rsi()); ${has}`,
    ],
    [
      "a group",
      { ...only("sma(3)"), over: "symbl" },
      `over is "symbl", which is no column of the frame (did you mean "symbol"?); ${has}`,
    ],
    [
      "a column to keep",
      { ...only("sma(3)"), keep: ["symbl"] },
      'keep has "symbl", which is no column of the frame (did you mean "symbol"?)',
    ],
  ])("%s", (_, config, sentence) => {
    expect(refused(config)).toBe(`TaError: ${sentence}`);
  });

  test("and what is no frame, or no option", () => {
    const pipeline = ta.pipeline(only("sma(3)"));
    expect(message(() => pipeline.apply([1, 2] as never))).toBe(
      "TaError: pipeline: a DataFrame, a LazyDataFrame or a Table is needed, got an array",
    );
    expect(refused(only("sma(3)"), { kep: "all" })).toBe(
      'TaError: pipeline: unknown option "kep" (did you mean "keep"?); it takes keep, labels',
    );
  });
});

describe("look-ahead", () => {
  test("is refused unless it is allowed by name, wherever it hides", () => {
    expect(lookingAhead.length).toBeGreaterThan(0);
    for (const { id, text: call } of lookingAhead) {
      const [output] = ta.find(id)?.outputs ?? [];
      const single = (ta.find(id)?.outputs.length ?? 0) > 1 ? `${call}.${output?.name}` : call;
      for (const text of [call, `sma(${single}, 3)`]) {
        const refusal = message(() => ta.pipeline(only(text)));
        expect(refusal).toMatch(`TaError: features[0]: ${id} needs `);
        expect(refusal).toContain(`allow it with allowLookahead: ["${id}"]`);
        const allowed = ta.pipeline({ ...only(text), allowLookahead: [id] });
        expect(allowed.lookahead).toBeGreaterThan(0);
      }
    }
  });

  test("counts with the parameters that are given", () => {
    const text = "swing_points(right=5, confirmed=false)";
    const made = ta.pipeline({ ...only(text), allowLookahead: ["swing_points"] });
    expect(made.lookahead).toBe(5);
  });
});

describe("what toJSON gives", () => {
  test("spells out every input, parameter and version", () => {
    const pipeline = ta.pipeline({
      inputs: { close: "Adj_Close" },
      over: "symbol",
      time: "date",
      timeFormat: "%Y-%m-%d",
      missing: "propagate",
      features: ["macd", "atr(7, missing=skip)", "close / 2", "`close`"],
    });
    const { version } = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8"));
    const { contract_version } = JSON.parse(
      readFileSync(join(root, "golden/indicator_catalog_v2.json"), "utf8"),
    );
    expect(JSON.parse(JSON.stringify(pipeline))).toEqual({
      writtenBy: { library: "nodejs-polars-ta", version, contractVersion: contract_version },
      over: ["symbol"],
      time: "date",
      timeFormat: "%Y-%m-%d",
      missing: "propagate",
      features: [
        {
          expr: 'macd(series=Adj_Close, fast_period=12, slow_period=26, signal_period=9, missing="propagate")',
          as: "macd_12_26_9",
        },
        { expr: 'atr(high=high, low=low, close=Adj_Close, period=7, missing="skip")', as: "atr_7" },
        { expr: "Adj_Close / 2", as: "close / 2" },
        { expr: "`close`", as: "close" },
      ],
    });
  });

  const feature = fc.constantFrom<FeatureConfig>(
    "rsi(14)",
    "macd",
    "bbands(20, 2, ma_type=ema).upper as up",
    { id: "sma", params: { period: [2, 3, 5] }, as: "s{period}" },
    { expr: "not (close > sma(10)) or volume % 2 == 1", as: "odd name, `quoted`" },
    "crossup(ema(3), shift(ema(3), 2)) as cross",
    "-close ** 2 / 1e-7 as small",
    "symbol == 'A' as is",
  );
  const config = fc.record(
    {
      features: fc.uniqueArray(feature, { minLength: 1 }),
      over: fc.constantFrom("symbol", ["symbol"]),
      inputs: fc.constantFrom({ close: "other" }, { close: "(high + low) / 2", volume: 3 }),
      missing: fc.constantFrom("skip" as const, "propagate" as const),
      unnest: fc.boolean(),
      keep: fc.constantFrom("all" as const, "none" as const, ["symbol"]),
    },
    { requiredKeys: ["features"] },
  );

  test("makes the same pipeline again", () => {
    fc.assert(
      fc.property(config, (given) => {
        expect(matches(given)).toBe(true);
        const first = ta.pipeline(given);
        const json = JSON.parse(JSON.stringify(first));
        expect(matches(json)).toBe(true);
        const second = ta.pipeline(json);
        expect(second.toJSON()).toEqual(first.toJSON());
        expect(second.explain()).toBe(first.explain());
        expectSame(second.apply(df), first.apply(df));
      }),
      { numRuns: runs(60) },
    );
  });

  test("says why it cannot be computed as it was", () => {
    const json = ta.pipeline(only("rsi(14)")).toJSON();
    const signed = json.writtenBy as NonNullable<PipelineConfig["writtenBy"]>;
    const load = (change: object, features = json.features) =>
      message(() => ta.pipeline({ ...json, features, writtenBy: { ...signed, ...change } }));
    expect(load({})).toBe("nothing was thrown");
    expect(load({ version: "0.0.9" })).toBe("nothing was thrown");
    expect(load({ contractVersion: 1 })).toBe(
      "TaError: pipeline: writtenBy: the file follows version 1 of the catalog's contract, this library has version 2",
    );
    expect(load({ version: "99.0.0" })).toBe(
      `TaError: pipeline: writtenBy: the file was written by version 99.0.0, which is newer than this one, ${signed.version}; update nodejs-polars-ta`,
    );
    expect(load({ version: "new" })).toContain(
      `version must be such as "${signed.version}", got "new"`,
    );
    expect(load({ library: "other" })).toContain('this is nodejs-polars-ta, not "other"');
    expect(load({}, [{ expr: "rsj(series=close, period=14)", as: "x" }])).toContain(
      "unknown indicator",
    );
    expect(load({}, [{ expr: "rsi(series=close, perid=14)", as: "x" }])).toContain(
      "unknown parameter",
    );
  });
});

test("explain says what each feature reads, is made of and remembers", () => {
  const text = ta.pipeline({ over: "symbol", features: ["sma(rsi(14), 5) as r", "obv"] }).explain();
  expect(text).toMatch(
    /^2 features within groups of symbol: lookback 18 rows, stable never, no look-ahead\n/,
  );
  expect(text).toContain(
    "\nr\n  sma(series=rsi(series=close, period=14), period=5)\n  reads close; lookback 18 rows, stable after ",
  );
  expect(text).toMatch(
    /\n {2}rsi: Relative Strength Index, period 14, remembers all rows with fading weight, lookback 14 rows, stable after \d+ rows, no look-ahead\n/,
  );
  expect(text).toMatch(
    /\n {2}reads close, volume; lookback 0 rows, stable never, no look-ahead\n {2}obv: .*remembers all rows/,
  );
});
