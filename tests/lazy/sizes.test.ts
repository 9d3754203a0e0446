/** Expressions that are too large are refused before polars writes them, which would take long. */

import fc from "fast-check";
import pl, { type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { native } from "../../plugin/dist/polars/native.js";
import { sizeOf } from "../../plugin/dist/polars/sizes.js";
import { childScript, runNode } from "../support/child.js";
import { sentenceOf } from "../support/nesting.js";
import { runs } from "../support/runs.js";

const df = pl.DataFrame({ symbol: ["a", "a", "b"], close: [1, 2, 3] });

type Native = Parameters<typeof sizeOf>[0];
const nativeOf = (expr: Expr): Native => (expr as unknown as { _expr: Native })._expr;

// Made before the first indicator.
const early = doubled(pl.col("close"), 17);

function doubled(expr: Expr, times: number, by = (a: Expr, b: Expr) => a.add(b)): Expr {
  let twice = expr;
  for (let index = 0; index < times; index += 1) twice = by(twice, twice);
  return twice;
}

/** Ways to make one expression of two. */
const COMBINED: Readonly<Record<string, (a: Expr, b: Expr) => Expr>> = {
  when: (a, b) => pl.when(pl.col("close").gt(2)).then(a).otherwise(b),
  "a chain of whens": (a, b) =>
    pl.when(a.gt(2)).then(b).when(pl.col("close").gt(1)).then(pl.lit(1)).otherwise(pl.lit(2)),
  sumHorizontal: (a, b) => pl.sumHorizontal([a, b]),
  minHorizontal: (a, b) => pl.minHorizontal([a, b]),
  maxHorizontal: (a, b) => pl.maxHorizontal([a, b]),
  allHorizontal: (a, b) => pl.allHorizontal([a, b]),
  anyHorizontal: (a, b) => pl.anyHorizontal([a, b]),
  struct: (a, b) => pl.struct([a, b]) as unknown as Expr,
  concatList: (a, b) => pl.concatList([a, b]),
  concatString: (a, b) => pl.concatString([a, b]),
  cov: (a, b) => pl.cov(a, b) as Expr,
  pearsonCorr: (a, b) => pl.pearsonCorr(a, b) as Expr,
  spearmanRankCorr: (a, b) => pl.spearmanRankCorr(a, b) as Expr,
  argSortBy: (a, b) => pl.argSortBy([a, b]) as Expr,
};

/** How many characters polars writes of expressions, as JSON or as text, while `work` runs. */
function written(work: () => void): number {
  const prototype = native.JsExpr.prototype;
  const plain = { serialize: prototype.serialize, toString: prototype.toString };
  let characters = 0;
  const counted = (method: unknown) =>
    function (this: unknown, ...args: unknown[]) {
      const made = (method as (...args: unknown[]) => { length: number }).apply(this, args);
      characters += made.length;
      return made;
    };
  Object.assign(prototype, {
    serialize: counted(plain.serialize),
    toString: counted(plain.toString),
  });
  try {
    work();
  } finally {
    Object.assign(prototype, plain);
  }
  return characters;
}

/** Enough for the other expressions of a call. */
const FEW = 1000;

describe("an expression that was doubled again and again is refused unwritten", () => {
  const refused = /^a \.ta expression cannot be combined with one that has so many parts/;

  test.each([17, 20, 40])("%d times, as an input", (times) => {
    const large = doubled(pl.col("close"), times);
    const sentence = () => sentenceOf(() => large.ta.sma(2));
    expect(written(() => expect(sentence()).toMatch(refused))).toBeLessThan(FEW);
  });

  test.each([17, 20, 40])("%d times, around an indicator", (times) => {
    const large = doubled(ta.sma(2), times).alias("x");
    for (const work of [
      () => df.select(large),
      () => df.withColumns(large),
      () => df.groupBy("symbol").agg(large),
      () => large.ta.ema(2),
    ]) {
      expect(written(() => expect(sentenceOf(work)).toMatch(refused))).toBeLessThan(FEW);
    }
  });

  test("before the first indicator", () => {
    expect(written(() => expect(sentenceOf(() => early.ta.sma(2))).toMatch(refused))).toBe(0);
  });

  test.each(Object.keys(COMBINED))("through %s", (name) => {
    const large = doubled(pl.col("close"), 17, COMBINED[name]);
    const around = doubled(ta.sma(2), 17, COMBINED[name]).alias("x");
    for (const work of [() => large.ta.sma(2), () => df.select(around)]) {
      expect(written(() => expect(sentenceOf(work)).toMatch(refused))).toBeLessThan(FEW);
    }
  });

  test("and asynchronously", async () => {
    const large = doubled(ta.sma(2), 20);
    await expect(df.lazy().select(large).collect()).rejects.toThrow(refused);
  });

  test("but not one of polars alone, which takes its time", () => {
    expect(() => df.lazy().select(doubled(pl.col("close"), 17))).not.toThrow();
  });
});

/** The objects in a piece of JSON. */
function objectsIn(json: unknown): number {
  if (typeof json !== "object" || json === null) return 0;
  const inside = Object.values(json).reduce((sum: number, one) => sum + objectsIn(one), 0);
  return inside + (Array.isArray(json) ? 0 : 1);
}

const OPERATIONS: readonly ((a: Expr, b: Expr, c: Expr) => Expr)[] = [
  (a, b) => a.add(b),
  (a, b) => a.div(b),
  (a, b) => a.eq(b),
  (a, b) => a.and(b),
  (a, b) => a.fillNull(b),
  (a) => a.fillNull(0),
  (a, b, c) => a.over(b, c),
  (a, b) => a.over(b).alias("x"),
  (a, b) => a.sortBy(b),
  (a, b, c) => a.sortBy([b, c]),
  (a, b) => a.isIn(b),
  (a) => a.isIn([1, 2]),
  (a, b) => a.filter(b),
  (a, b) => a.shift(b as never),
  (a) => a.shift(1),
  (a, b) => a.pow(2).sub(b),
  (a) => a.abs().sum().round(2),
  (a) => a.cast(pl.Float64),
  (a, b, c) => a.clip(b as never, c as never),
  (a, b, c) => pl.when(a).then(b).otherwise(c),
  (a, b, c) => pl.sumHorizontal([a, b, c]),
  ...Object.values(COMBINED),
  (a) => a.rollingMean({ windowSize: 2 }),
  (a) => a.suffix("_x").keepName(),
  (a, b) => a.ta.sma(2).add(b),
];

test("the counted size is never larger than the real one", () => {
  const property = fc.property(
    fc.array(fc.tuple(fc.nat(OPERATIONS.length - 1), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6)), {
      minLength: 1,
      maxLength: 12,
    }),
    (steps) => {
      const made: Expr[] = [pl.col("close"), pl.lit(1), ta.sma(2)];
      for (const [operation, ...picks] of steps) {
        const [a, b, c] = picks.map((pick) => made[pick % made.length]) as [Expr, Expr, Expr];
        let next: Expr | undefined;
        try {
          next = OPERATIONS[operation]?.(a, b, c);
        } catch {
          // Some combinations are refused.
        }
        if (next) made.push(next);
      }
      for (const expr of made) {
        const json = JSON.parse(expr.serialize("json").toString());
        expect(sizeOf(nativeOf(expr)).objects).toBeLessThanOrEqual(objectsIn(json));
      }
    },
  );
  fc.assert(property, { numRuns: runs(200) });
});

test("methods of expressions look as before", async () => {
  const source = `
    import { createRequire } from "node:module";
    import pl from "nodejs-polars";
    const require = createRequire(process.cwd() + "/x.js");
    const { default: native } = require("nodejs-polars/bin/internals/polars_internal");
    const seen = () =>
      Object.entries(Object.getOwnPropertyDescriptors(native.JsExpr.prototype)).map(
        ([key, { value, ...rest }]) => [key, value?.name, value?.length, String(value), rest],
      );
    const before = JSON.stringify(seen());
    const { ta } = await import("nodejs-polars-ta");
    ta.sma(2);
    console.log(JSON.stringify({ methods: seen().length, same: JSON.stringify(seen()) === before }));
  `;
  const { stdout, stderr } = await runNode(childScript(source));
  expect(stderr).toBe("");
  const { methods, same } = JSON.parse(stdout);
  expect(methods).toBeGreaterThan(200);
  expect(same).toBe(true);
});
