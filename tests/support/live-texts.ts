/** Random features of pipelines as texts, out of everything that the language has. */

import fc from "fast-check";
import { type IndicatorMeta, type PipelineConfig, ta } from "nodejs-polars-ta";
import { usualInputs } from "./bars.js";
import { drawParams, type Given, numbers } from "./random.js";

/** Columns of numbers that bars have. */
const NUMBERS = ["open", "high", "low", "close", "volume", "other", "unit", "odd"];
const CONSTANTS = ["0", "1", "2", "3", "4", "7", "0.5", "0.1", "100", "2.5", "1e-3", "1e5"];
const ARITHMETIC = ["+", "-", "*", "/", "%", "**"];
const COMPARISONS = ["<", "<=", ">", ">=", "==", "!="];

const CATALOG = ta.catalog();
const single = CATALOG.filter(({ outputs }) => outputs.length === 1);
const isEvent = ({ outputs }: IndicatorMeta) => outputs[0]?.dtype === "Boolean";

/** A value of a parameter as the language writes it. */
const written = (value: Given[string]): string =>
  typeof value === "string" ? JSON.stringify(value) : String(value);

/** A call with these inputs by slot that a stream takes; the seed draws its parameters. */
export function drawnCall(
  meta: IndicatorMeta,
  inputs: Readonly<Record<string, string>>,
  seed: number | undefined,
  missing?: string,
): string {
  const next = numbers(seed ?? 0);
  // Some parameters have their defaults.
  const names = meta.params
    .map(({ name }) => name)
    .filter(() => seed !== undefined && next() < 0.7);
  const policy = missing === undefined ? [] : [`missing=${missing}`];
  return drawParams(meta, names, next, ({ allowLookahead, ...params }) => {
    const given = { ...confirmed(meta), ...params };
    const own = Object.entries(given).map(([name, value]) => `${name}=${written(value)}`);
    const read = Object.entries(inputs).map(([slot, text]) => `${slot}=${text}`);
    const text = `${meta.id}(${[...read, ...own, ...policy].join(", ")})`;
    ta.pipeline({ features: [{ expr: text, as: "x" }] }).stream();
    return text;
  });
}

/** What makes an indicator wait until its values are certain, if its defaults do not. */
function confirmed({ params, semantics }: IndicatorMeta): Given {
  const flags = semantics.lookahead_params ?? [];
  return Object.fromEntries(
    params
      .filter(({ name }) => flags.includes(name))
      .map(({ name, default: usual }) => [name, semantics.lookahead > 0 ? !usual : usual]),
  ) as Given;
}

const SEED = fc.noShrink(fc.nat());

/** The indicator of a catalog's part that this expression calls. */
const called = (
  metas: readonly IndicatorMeta[],
  input: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<{ meta: IndicatorMeta; text: string }> =>
  fc
    .record({
      meta: fc.constantFrom(...metas),
      seed: SEED,
      inputs: fc.array(input, { minLength: 4, maxLength: 4 }),
      missing: fc.option(fc.constantFrom("skip", "propagate"), { freq: 4, nil: undefined }),
    })
    .map(({ meta, seed, inputs, missing }) => {
      const slots = Object.entries(usualInputs(meta));
      const keys = meta.semantics.input_slots.filter(({ kind }) => kind === "key");
      const isKey = (slot: string) => keys.some(({ name }) => name === slot);
      const given = slots.map(([slot, column], index) => {
        const drawn = isKey(slot) ? undefined : inputs[index];
        return [slot, drawn ?? column];
      });
      return { meta, text: drawnCall(meta, Object.fromEntries(given), seed, missing) };
    });

const { number, condition } = fc.letrec<{ number: string; condition: string }>((tie) => {
  const input = fc.option(tie("number"), { freq: 3, nil: undefined });
  const field = called(CATALOG, input).chain(({ meta, text }) => {
    const numeric = meta.outputs.filter(({ dtype }) => dtype !== "Boolean");
    if (numeric.length === 0) return fc.constant("close");
    if (meta.outputs.length === 1) return fc.constant(text);
    return fc.constantFrom(...numeric).map(({ name }) => `${text}.${name}`);
  });
  const one = called(
    single.filter((meta) => !isEvent(meta)),
    input,
  ).map(({ text }) => text);
  const pair = (of: "number" | "condition", signs: readonly string[]) =>
    fc
      .tuple(tie(of), fc.constantFrom(...signs), tie(of))
      .map(([left, sign, right]) => `(${left} ${sign} ${right})`);
  /** Of constants only, a form is refused. */
  const varying = (of: string) =>
    /[a-z]/.test(of.replaceAll(/\b(true|false|and|or|not|if|fill)\b|\de/g, ""));
  const choice = (of: "number" | "condition") =>
    fc
      .tuple(tie("condition").filter(varying), tie(of), tie(of))
      .map(([when, value, otherwise]) => `if(${when}, ${value}, ${otherwise})`);
  const filled = (of: "number" | "condition") =>
    fc
      .tuple(tie(of).filter(varying), tie(of))
      .map(([value, instead]) => `fill(${value}, ${instead})`);
  return {
    number: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
      { weight: 2, arbitrary: fc.constantFrom(...CONSTANTS) },
      { weight: 3, arbitrary: pair("number", ARITHMETIC.slice(0, -1)) },
      // No larger powers: indicators refuse, or not, what overflows inside them.
      {
        weight: 1,
        arbitrary: fc
          .tuple(tie("number"), fc.constantFrom("2", "0.5", "-1"))
          .map(([base, exponent]) => `(${base} ** ${exponent})`),
      },
      { weight: 3, arbitrary: one },
      { weight: 1, arbitrary: field },
      { weight: 1, arbitrary: tie("number").map((of) => `-(${of})`) },
      { weight: 1, arbitrary: choice("number") },
      { weight: 1, arbitrary: filled("number") },
    ),
    condition: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      { weight: 1, arbitrary: fc.constantFrom("flag", "true", "false") },
      { weight: 3, arbitrary: pair("number", COMPARISONS) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom("side", "'B'", "'é'", "''"),
            fc.constantFrom(...COMPARISONS),
            fc.constantFrom("side", "venue", "'A'"),
          )
          .map((parts) => `(${parts.join(" ")})`),
      },
      { weight: 2, arbitrary: pair("condition", ["and", "or"]) },
      { weight: 1, arbitrary: pair("condition", ["==", "!="]) },
      { weight: 1, arbitrary: tie("condition").map((of) => `(not ${of})`) },
      { weight: 1, arbitrary: choice("condition") },
      { weight: 1, arbitrary: filled("condition") },
      { weight: 2, arbitrary: called(single.filter(isEvent), input).map(({ text }) => text) },
    ),
  };
});

/** A text of a feature. */
export const feature: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: number },
  { weight: 3, arbitrary: condition },
  {
    weight: 3,
    arbitrary: called(CATALOG, fc.option(number, { freq: 3, nil: undefined })).map(
      ({ text }) => text,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("side", "flag", "close", "session") },
);

const INPUTS: readonly NonNullable<PipelineConfig["inputs"]>[] = [
  { close: "(high + low) / 2" },
  { close: "other", volume: 3 },
  { high: "close * 1.01", low: "close / 1.01" },
];

const named = (features: readonly string[]) =>
  features.map((expr, index) => ({ expr, as: `f${index}` }));

/** Numbers of both types, and a column of conditions, which count as numbers. */
const LEAVES = [
  ...["maxindex(close, 4)", "cdl_doji()", "sign(odd)", "(flag * odd)", "ema(odd, 3)"],
  ...[...NUMBERS, "odd", ...CONSTANTS, "-1", "-2", "0.25", "1e-300", "1e300", "huge"],
];

const { arithmetic } = fc.letrec<{ arithmetic: string }>((tie) => ({
  arithmetic: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 1, arbitrary: fc.constantFrom(...LEAVES) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie("arithmetic"), fc.constantFrom(...ARITHMETIC), tie("arithmetic"))
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
    },
    { weight: 1, arbitrary: tie("arithmetic").map((of) => `-${of}`) },
  ),
}));

/** A pipeline of arithmetic and comparisons. */
export const operators: fc.Arbitrary<PipelineConfig> = fc
  .array(
    fc.oneof(
      arithmetic,
      fc
        .tuple(arithmetic, fc.constantFrom(...COMPARISONS), arithmetic)
        .map((parts) => parts.join(" ")),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((features) => ({ features: named(features) }));

/** A pipeline; its features are named f0, f1, … */
export const config: fc.Arbitrary<PipelineConfig> = fc
  .record({
    features: fc.array(feature, { minLength: 1, maxLength: 5 }),
    missing: fc.constantFrom(undefined, "skip" as const, "propagate" as const, "error" as const),
    inputs: fc.option(fc.constantFrom(...INPUTS), { freq: 3, nil: undefined }),
    unnest: fc.boolean(),
  })
  .map(({ features, missing, inputs, unnest }) => ({
    features: named(features),
    ...(missing && { missing }),
    ...(inputs && { inputs }),
    ...(unnest && { unnest }),
  }));

/** A pipeline that refuses no gaps. */
export const lenient: fc.Arbitrary<PipelineConfig> = config.map((given) =>
  given.missing === "error" ? { ...given, missing: "skip" } : given,
);
