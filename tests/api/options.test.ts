/** Every function that takes options refuses those that it does not know, and takes those that are documented. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import pl from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { ta as arrow } from "nodejs-polars-ta/arrow";
import * as files from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { tableOf } from "../support/arrow.js";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { root } from "../support/child.js";
import { stocks, temporaryFolder, writeAny } from "../support/files.js";
import { runs } from "../support/runs.js";
import { camelCase, methods } from "../support/surface.js";

const { at } = temporaryFolder("options");
const day = stocks();
const ibm = day.filter(pl.col("symbol").eq(pl.lit("IBM"))).tail(60);
const weeks = ibm.ta.resample("1w");
const table = tableOf(ibm.select("open", "high", "low", "close", "volume"));
const frame = frameOf(bars(40));
writeAny(ibm, at("ibm.csv"));
writeFileSync(at("bare.csv"), readFileSync(at("ibm.csv"), "utf8").replace(/^.*\n/, ""));

/** The names in an interface of the declarations that users get. */
function documented(file: string, name: string): string[] {
  const text = readFileSync(join(root, `plugin/dist/${file}.d.ts`), "utf8");
  const found = new RegExp(
    `interface ${name}(?:<[^{]*>)?(?: extends [^{]*)? \\{\n([\\s\\S]*?)\n\\}`,
  ).exec(text);
  if (!found) throw new Error(`there is no interface ${name} in ${file}.d.ts`);
  return [...(found[1] ?? "").matchAll(/^(?:\t| {4})(?:readonly )?([\w$]+)\??:/gm)].map(
    ([, n = ""]) => n,
  );
}

/** A function that takes options, or one of the objects in them. */
interface Taker {
  readonly call: (options: object) => unknown;
  /** A value for each option. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether it may be something else than an object. */
  readonly others?: boolean;
  /** What else must be given with them. */
  readonly base?: Readonly<Record<string, unknown>>;
  /** Where the declarations have the names; else they are a part of another interface. */
  readonly type?: readonly [file: string, name: string];
  /** Where those of an interface are that it extends. */
  readonly extended?: readonly [file: string, name: string];
}

type Any = (...args: unknown[]) => unknown;
const any = <T>(value: T) => value as unknown as Any & Record<string, Any>;

const prices = { open: "open", high: "high", low: "low", close: "close", volume: "volume" };
const features = ["rsi(14)"];
const pipeline = ta.pipeline({ features });
const writtenBy = pipeline.toJSON().writtenBy ?? {};
const chart = ibm.ta.chart();
const stream = pipeline.stream();
stream.update({ close: 1 });
const tickBars = ta.bars("1m");

const chartValues = {
  ...prices,
  indicators: ["rsi"],
  symbol: "IBM",
  by: "symbol",
  time: "date",
  timeFormat: "%Y-%m-%d",
  from: "2012-12-20",
  to: "2013-02-20",
  last: 20,
  style: "line",
  scale: "log",
  compare: ["IBM"],
  theme: "dark",
  width: 400,
  height: 300,
  title: "bars",
  maxBars: 30,
};
const chartType = ["chart/options", "ChartOptions"] as const;
const checkValues = {
  ...prices,
  over: "symbol",
  time: "date",
  timeFormat: "%Y-%m-%d",
  strict: false,
  ignore: ["gaps"],
  places: 2,
};
const checkType = ["check/options", "CheckOptions"] as const;
const label = ta.catalog().find(({ category }) => category === "label")?.id ?? "";
const known = day.withColumns(pl.col("date").shift(-2).over("symbol").alias("on"));
const pipelineValues = {
  time: "date",
  timeFormat: "%Y-%m-%d",
  features,
  labels: [label],
  over: "symbol",
  inputs: { close: "open" },
  missing: "error",
  unnest: true,
  keep: "none",
  allowLookahead: ["rsi"],
  writtenBy,
  $schema: "x",
};

/** Functions of an object that take no options. */
const without = (place: string, names: string): Record<string, null> =>
  Object.fromEntries(names.split(" ").map((name) => [`${place}.${name}`, null]));

/** By the place where they are found below; `null` takes no options. */
const TAKERS: Readonly<Record<string, Taker | null>> = {
  "ta()": {
    call: (options) => any(any(ta)(frame, options)).rsi?.(),
    values: { missing: "error", inputs: { close: "open" } },
    type: ["core/arguments", "Defaults"],
  },
  "ta.catalog": null,
  "ta.find": null,
  "ta.html": null,
  "ta.info": null,
  "ta.tune": {
    // What it does holds for the whole process; the unknown is refused before.
    call: (options) =>
      Object.hasOwn(Object(options), "reserve") ? undefined : any(ta.tune)(options),
    values: { reserve: 0 },
    type: ["core/tune", "TuneOptions"],
  },
  "ta.indicator": { call: (options) => any(ta.indicator)("rsi", options), values: { period: 3 } },
  "ta.explain": { call: (options) => any(ta.explain)("rsi", options), values: { period: 3 } },
  "ta.expr": {
    call: (options) => any(ta.expr)("rsi", options),
    values: { inputs: { close: "open" }, missing: "error", allowLookahead: ["rsi"] },
  },
  "ta.pipeline": {
    call: (options) => any(ta.pipeline)(options),
    values: pipelineValues,
    base: { features },
    type: ["pipeline/config", "PipelineConfig"],
  },
  "ta.stream": {
    call: (options) => any(ta.stream)(options),
    values: { ...pipelineValues, amend: 2, unknownKeys: "error" },
    base: { features },
    type: ["pipeline/config", "PipelineConfig"],
    extended: ["live/options", "StreamOptions"],
  },
  "ta.restore": null,
  "ta.bars": {
    call: (options) => any(ta.bars)("1m", options),
    values: {
      ...prices,
      price: "last",
      over: "symbol",
      time: "at",
      late: "drop",
      empty: "fill",
      closed: "right",
      label: "right",
      startBy: "monday",
      offset: "1s",
      timeZone: "Europe/Vienna",
    },
    type: ["live/ticks/options", "TickBarsOptions"],
  },
  "ta.compute": {
    call: (options) => any(ta.compute)("rsi", { series: new Float64Array(20) }, options),
    values: { period: 3, missing: "skip" },
  },
  "ta.chart": {
    call: (options) => any(ta.chart)(ibm, options),
    values: chartValues,
    type: chartType,
  },
  "frame.chart": {
    call: (options) => any(ibm.ta).chart?.(options),
    values: chartValues,
    type: chartType,
  },
  "ta.check": {
    call: (options) => any(ta.check)(ibm, options),
    values: checkValues,
    type: checkType,
  },
  "frame.check": {
    call: (options) => any(ibm.ta).check?.(options),
    values: checkValues,
    type: checkType,
  },
  "ta.split": {
    // A window is for walking forward.
    call: (options) =>
      any(ta.split)(
        known,
        Object.hasOwn(Object(options), "window") ? { ...options, kind: "walk_forward" } : options,
      ),
    base: { knownOn: "on" },
    values: {
      knownOn: ["on"],
      time: "date",
      timeFormat: "%Y-%m-%d",
      kind: "purged",
      folds: 3,
      embargo: 5,
      window: 100,
    },
    type: ["bars/split", "SplitOptions"],
    extended: ["bars/spans", "LabelTimes"],
  },
  "ta.uniqueness": {
    call: (options) => any(ta.uniqueness)(known, options),
    base: { knownOn: "on" },
    values: { knownOn: ["on"], time: "date", timeFormat: "%Y-%m-%d", over: "symbol" },
    type: ["bars/uniqueness", "UniquenessOptions"],
    extended: ["bars/spans", "LabelTimes"],
  },
  "frame.resample": {
    call: (options) => any(ibm.ta).resample?.("1w", options),
    values: {
      ...prices,
      over: "symbol",
      time: "date",
      agg: { rows: pl.len() },
      closed: "right",
      label: "right",
      startBy: "monday",
      offset: "1d",
    },
    type: ["bars/operations", "ResampleOptions"],
  },
  "frame.sync": {
    call: (options) => any(ibm.ta).sync?.(weeks, options),
    values: { on: "date", every: "1w", forwardFill: false, columns: "close", suffix: "_w", by: [] },
    type: ["bars/operations", "SyncOptions"],
  },
  "pipeline.apply": {
    call: (options) => pipeline.apply(ibm, options),
    values: { keep: "none", labels: false },
    type: ["pipeline/apply", "ApplyOptions"],
  },
  // What apply calls: no door for callers.
  "pipeline.applyInOrder": null,
  "pipeline.tail": {
    call: (options) => any(pipeline).tail?.(ibm, 2, options),
    values: { keep: "none" },
    type: ["pipeline/apply", "TailOptions"],
  },
  "pipeline.stream": {
    call: (options) => any(pipeline).stream?.(options),
    values: { amend: 2, unknownKeys: "error" },
    type: ["live/options", "StreamOptions"],
  },
  ...without(
    "stream",
    "clone drop info last newest peek peekMany snapshot toFrame update updateMany warm",
  ),
  // Of the package itself, for the command.
  ...without("stream", "place restored"),
  "stream.replace": {
    call: (options) => any(stream).replace?.({ close: 2 }, options),
    values: { back: 0 },
    type: ["live/options", "ReplaceOptions"],
  },
  ...without("bars", "close drop flush forming snapshot update updateMany"),
  "pipeline.explain": null,
  "pipeline.toJSON": null,
  // Of the package itself, for files.
  "pipeline.inputsIn": null,
  "chart.toSVG": null,
  "chart.toPNG": { call: (options) => any(chart).toPNG?.(options), values: { scale: 1 } },
  "chart.toHTML": null,
  "chart.save": null,
  "chart.display": null,
  "files.computeFiles": {
    // A file whose names are given has no line of names.
    call: (options) =>
      any(files.computeFiles)(
        Object.hasOwn(Object(options), "header") ? { ...options, inputs: at("bare.csv") } : options,
      ),
    base: { inputs: at("ibm.csv"), pipeline, out: at("out.parquet") },
    values: {
      inputs: [at("ibm.csv")],
      format: "csv",
      separator: ",",
      nullValue: ["n/a"],
      decimalComma: false,
      thousands: ",",
      header: ibm.columns,
      skipLines: 0,
      pipeline,
      out: at("out.arrow"),
      outFormat: "arrow",
      keep: "none",
      time: "date",
      timeFormat: "%Y-%m-%d",
      sort: true,
      memory: 1e9,
      onProgress: () => undefined,
      onNotice: () => undefined,
      signal: new AbortController().signal,
    },
    type: ["files/options", "ComputeFilesOptions"],
    extended: ["files/dialect", "Dialect"],
  },
  "arrow.catalog": null,
  "arrow.find": null,
  "arrow.info": null,
  "arrow.compute": {
    call: (options) => any(arrow.compute)(table, ["rsi"], options),
    values: { over: "volume", keep: true, inputs: { close: "open" } },
    type: ["arrow/compute", "ComputeOptions"],
  },
};

/** Objects inside of options. */
const PARTS: Readonly<Record<string, Taker>> = {
  "an indicator of a chart": {
    call: (one) =>
      ibm
        .withColumns(pl.col("close").gt(pl.col("open")).alias("up"))
        .ta.chart({ indicators: [one as never] }),
    base: { column: "up" },
    values: { column: "up", id: "rsi", output: "value", pane: "x", mark: "buy" },
    type: ["chart/options", "ChartIndicator"],
  },
  "a feature with an expression": {
    call: (one) => ta.pipeline({ features: [one as never] }),
    base: { expr: "sma({n})", params: { n: 3 } },
    values: { expr: "ema({n})", params: { n: 4 }, as: "x" },
    type: ["pipeline/config", "ExpressionFeature"],
  },
  "a feature with an indicator": {
    call: (one) => ta.pipeline({ features: [one as never] }),
    base: { id: "macd" },
    values: {
      id: "macd",
      params: { fast_period: 3 },
      inputs: { series: "open" },
      missing: "error",
      output: "macd",
      as: "x",
    },
    type: ["pipeline/config", "IndicatorFeature"],
  },
  "the writer of a pipeline": {
    call: (one) => ta.pipeline({ features, writtenBy: one as never }),
    base: { ...writtenBy },
    values: { ...writtenBy },
    type: ["pipeline/config", "WrittenBy"],
  },
  "an indicator over Arrow": {
    call: (one) => any(arrow.compute)(table, [one]),
    base: { id: "macd" },
    values: {
      id: "macd",
      params: { fastPeriod: 3 },
      inputs: { series: "open" },
      missing: "error",
      field: "macd",
      as: "x",
    },
    type: ["arrow/nodes", "Indicator"],
  },
  "the inputs of a namespace": { call: (inputs) => any(ta)(frame, { inputs }), values: prices },
  "the inputs of a call over Arrow": {
    call: (inputs) => any(arrow.compute)(table, ["rsi"], { inputs }),
    values: prices,
  },
  "the inputs of a computation": {
    call: (inputs) => any(ta.compute)("rsi", inputs),
    base: { series: new Float64Array(20) },
    values: { series: new Float64Array(20) },
  },
  "the outputs of a computation": {
    call: (out) => any(ta.compute)("rsi", { series: new Float64Array(20) }, {}, out),
    values: { value: new Float64Array(20) },
  },
};

/** Other names of the parameter in the table. */
const ALIASES = new Set(ta.find("rsi")?.param_aliases.map(({ alias }) => alias));

const keyed = ta
  .catalog()
  .find(({ semantics }) => semantics.input_slots.some((slot) => slot.kind === "key"));
const slot = keyed?.semantics.input_slots.find(({ kind }) => kind === "key")?.name ?? "";
const times = day.withColumns(pl.col("date").cast(pl.Datetime("ms")));
const UNIT: Taker = {
  call: (unit) => times.select(any(ta.indicator)(keyed?.id, {}, { [slot]: unit }) as never),
  base: { column: "date", every: "1mo" },
  values: { column: "date", every: "1w", timeZone: "Europe/Vienna" },
  others: true,
  type: ["core/surfaces", "CalendarUnit"],
};

/** The names of the functions of an object, those of its class too, without what all objects have. */
function functionsOf(value: object): string[] {
  const own = Object.getOwnPropertyDescriptors(value);
  const kind = Object.getPrototypeOf(value) as object;
  const inherited = kind === Function.prototype ? {} : Object.getOwnPropertyDescriptors(kind);
  const all = Object.entries<PropertyDescriptor>({ ...inherited, ...own });
  return all.flatMap(([name, { value: member }]) =>
    typeof member === "function" && !Object.hasOwn(Object.prototype, name) ? [name] : [],
  );
}

const ids = new Set<string>(ta.catalog().map(({ id }) => id));
const transforms = functionsOf(ibm.ta).filter((name) => ids.has(toSnake(name)));

function toSnake(name: string): string {
  const alias = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return ta.find(alias)?.id ?? name;
}

test("the table has every function there is", () => {
  const rest = (value: object) => functionsOf(value).filter((name) => !ids.has(name));
  const named = (place: string, names: readonly string[]) =>
    names.map((name) => `${place}.${name}`);
  const all = [
    "ta()",
    ...named("ta", rest(ta)),
    ...named(
      "frame",
      rest(ibm.ta).filter((name) => !transforms.includes(name)),
    ),
    ...named("pipeline", rest(pipeline)),
    ...named("stream", rest(stream)),
    ...named("bars", rest(tickBars)),
    ...named("chart", rest(chart)),
    ...named("files", rest({ ...files })),
    ...named("arrow", rest(arrow)),
  ];
  expect(Object.keys(TAKERS).sort()).toEqual(all.sort());
  expect(transforms.length).toBeGreaterThan(0);
});

const takers = Object.entries({ ...TAKERS, ...PARTS, "a calendar unit": UNIT }).flatMap(
  ([name, taker]) => (taker ? [[name, taker] as const] : []),
);

/** What a call throws, at once or later. */
async function outcome(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return String(error);
  }
  return "";
}

/** Names, those that every object has among them. */
const names = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
  fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), "prototype", "then", "length"),
);
const values = fc.constantFrom<unknown>(1, "x", true, null, {}, []);

/** An object with a property of its own, whatever its name. */
const having = (base: object, name: string, value: unknown): object =>
  Object.fromEntries([...Object.entries(base), [name, value]]);

describe.each(takers)("%s", (_, { call, values: known, base = {}, others, type, extended }) => {
  test("refuses an unknown name and says it", async () => {
    await fc.assert(
      fc.asyncProperty(names, values, async (name, value) => {
        fc.pre(!Object.hasOwn(known, name) && !ALIASES.has(name));
        const message = await outcome(() => call(having(base, name, value)));
        expect(message).toMatch(/^TaError: /);
        expect(message).toMatch(/unknown (option|parameter|name|input|output) "/);
        expect(message).toContain(`${JSON.stringify(name)}`);
        expect(message).toMatch(/; it takes \w/);
      }),
      { numRuns: runs(40) },
    );
  });

  test("says near names", async () => {
    const [first = ""] = Object.keys(known).filter((name) => name.length > 3);
    const typo = `${first.slice(0, 2)}${first.slice(1)}`;
    expect(await outcome(() => call(having(base, typo, 1)))).toContain(`"${first}"`);
  });

  test("takes every name that is documented", async () => {
    const types = [type, extended].flatMap((each) => (each ? [each] : []));
    const all = types.flatMap((each) => documented(...each));
    if (type) expect(Object.keys(known).sort()).toEqual(all.sort());
    for (const [name, value] of Object.entries(known)) {
      expect(await outcome(() => call(having(base, name, value))), name).toBe("");
    }
  });

  test("is told in a sentence what is no object", async () => {
    for (const value of [3, [], null]) {
      const message = await outcome(() => call(value as never));
      const sentence = others ? /^TaError: [^\n]*$/ : /^TaError: [^\n]* must [^\n]*$/;
      expect(message).toMatch(sentence);
    }
  });
});

describe("every indicator", () => {
  const required = (meta: IndicatorMeta) =>
    Object.fromEntries(
      Object.entries(usualInputs(meta)).filter(([name]) => {
        const found = meta.semantics.input_slots.find((each) => each.name === name);
        return found?.default === undefined;
      }),
    );
  const arrowTable = tableOf(frame);
  type On = (meta: IndicatorMeta, options: object) => unknown;
  const SURFACES: Readonly<Record<string, On>> = {
    "ta itself": (meta, options) => methods(ta)(meta.id)(options),
    "an expression": (meta, options) => methods(pl.col("close").ta)(meta.id)(options),
    "a Series": (meta, options) => methods(frame.getColumn("close").ta)(meta.id)(options),
    "a DataFrame": (meta, options) => methods(frame.ta)(meta.id)(options),
    "a LazyDataFrame": (meta, options) => methods(frame.lazy().ta)(meta.id)(options),
    "an Arrow table": (meta, options) => methods(arrow)(meta.id)(arrowTable, options),
    "an Arrow vector": (meta, options) => {
      const vector = arrowTable.getChild("close");
      const { input_slots, primary_input } = meta.semantics;
      const slots = input_slots.filter(({ name }) => name !== primary_input);
      const inputs = slots.map(({ name }) => [name, vector]);
      return methods(arrow)(meta.id)(vector, { ...Object.fromEntries(inputs), ...options });
    },
  };
  const some = fc.constantFrom(...ta.catalog());

  test.each(Object.entries(SURFACES))("on %s refuses an unknown name", (_, on) => {
    fc.assert(
      fc.property(some, names, (meta, name) => {
        const { params, semantics } = meta;
        const known = [
          ...params.flatMap((param) => [param.name, camelCase(param.name)]),
          ...meta.param_aliases.flatMap(({ alias }) => [alias, camelCase(alias)]),
          ...semantics.input_slots.map((each) => each.name),
          ...["missing", "over", "as", "unnest"],
        ];
        fc.pre(!known.includes(name));
        let message = "";
        try {
          on(meta, having({}, name, 1));
        } catch (error) {
          message = String(error);
        }
        // A Series, or a required input, may be what is missed first.
        if (/must be a Series|is required/.test(message)) return;
        expect(message).toContain(`TaError: ${meta.id}: unknown parameter ${JSON.stringify(name)}`);
      }),
      { numRuns: runs(150) },
    );
  });

  test("takes its parameters, its inputs and the options of its surface", () => {
    for (const meta of ta.catalog()) {
      const call = (options: object) =>
        methods(frame.ta)(meta.id)({ ...required(meta), ...options });
      for (const { name, default: value } of meta.params) {
        call({ [name]: value });
        call({ [camelCase(name)]: value });
      }
      for (const { name } of meta.semantics.input_slots) call({ [name]: usualInputs(meta)[name] });
      for (const option of [
        { missing: "skip" },
        { over: "session" },
        { as: "x" },
        { unnest: true },
      ]) {
        call(option);
      }
    }
  });

  test.each(transforms)("%s refuses an unknown name", (method) => {
    fc.assert(
      fc.property(names, (name) => {
        const known = ["open", "high", "low", "close", "missing", "over"];
        fc.pre(!known.includes(name));
        expect(() => methods(frame.ta)(method)(having({}, name, 1))).toThrow(
          `unknown parameter ${JSON.stringify(name)}`,
        );
      }),
      { numRuns: runs(40) },
    );
  });
});
