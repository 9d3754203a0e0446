/** Indicators of indicators: as large as what was written, right at any depth, and refused beyond. */

import fc from "fast-check";
import pl, { type DataFrame, type Expr } from "nodejs-polars";
import { type IndicatorMeta, TaError, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { sentenceOf, stocks } from "../support/nesting.js";
import { runs } from "../support/runs.js";
import { calls, watchAddon } from "../support/spy.js";

watchAddon();

const df = stocks();

const values = (frame: DataFrame, name: string): unknown[] => frame.getColumn(name).toArray();

const computed = (expr: Expr): unknown[] => values(df.select(expr.alias("x")), "x");

/** One indicator after the other, each into a column. */
function stepByStep(depth: number, before: (column: Expr, level: number) => Expr): unknown[] {
  let frame = df.select(pl.col("close").alias("x"));
  for (let level = 0; level < depth; level++) {
    frame = frame.select(before(pl.col("x"), level).alias("x"));
    frame = frame.select(pl.col("x").ta.ema(3).alias("x"));
  }
  return values(frame, "x");
}

const text = (depth: number): string => {
  let inner = "close";
  for (let level = 0; level < depth; level++) inner = `ema(${inner}+${level}, 3)`;
  return inner;
};

function chain(depth: number, before: (expr: Expr, level: number) => Expr): Expr {
  let expr: Expr = pl.col("close");
  for (let level = 0; level < depth; level++) expr = before(expr, level).ta.ema(3);
  return expr;
}

const plus = (expr: Expr, level: number): Expr => expr.add(pl.lit(level));
const doubled = (expr: Expr): Expr => expr.add(expr).div(pl.lit(2));

const bytes = (expr: Expr): number => expr.serialize("json").length;

/** Ways of writing an indicator of an indicator of an indicator. */
const ways: [string, (depth: number) => Expr][] = [
  ["text", (depth) => ta.expr(text(depth))],
  ["methods", (depth) => chain(depth, plus)],
  ["methods that use the one before twice", (depth) => chain(depth, doubled)],
  [
    "inputs by name",
    (depth) => {
      let expr: Expr = pl.col("close");
      for (let level = 0; level < depth; level++) {
        expr = ta.atr(3, { high: plus(expr, 1), low: expr, close: expr });
      }
      return expr;
    },
  ],
  ["groups", (depth) => chain(depth, (expr) => expr.over("symbol"))],
  [
    "every column",
    (depth) => {
      let expr: Expr = pl.col(["high", "close"]);
      for (let level = 0; level < depth; level++) expr = plus(expr, level).ta.ema(3);
      return expr;
    },
  ],
];

describe("the size of an expression", () => {
  test.each(ways)("%s: grows with what was written", (_, write) => {
    const [five, ten, twenty, forty] = [5, 10, 20, 40].map((depth) => bytes(write(depth)));
    const each = ((ten as number) - (five as number)) / 5;
    expect(each).toBeLessThan(1_200);
    // Each level adds what each level before did; numbers of two digits are a little longer.
    expect((twenty as number) - (ten as number)).toBeLessThan(1.1 * 10 * each);
    expect((forty as number) - (twenty as number)).toBeLessThan(1.1 * 20 * each);
  });

  test("what is read twice is in it once", () => {
    const once = chain(20, (expr) => expr);
    const twice = chain(20, doubled);
    expect(bytes(twice)).toBeLessThan(3 * bytes(once));
  });

  test("names in plans and errors stay short", () => {
    const shown = /__ta:([^|]*)\|/.exec(ta.expr(text(40)).serialize("json").toString())?.[1];
    expect(shown?.length).toBeLessThan(150);
    expect(shown).not.toContain("__ta:");
    const plan = df
      .lazy()
      .select(ta.expr(text(40)))
      .describePlan();
    expect(plan).not.toMatch(/[\w-]{100}/);
  });
});

describe("values", () => {
  test("of the text that grew by a third with each level", () => {
    const long = [..."123456789"].map(Number).concat(10);
    let inner = "ema(close+0, 3)";
    for (const level of long) inner = `ema(${inner}+${level}, 3)`;
    expect(computed(ta.expr(inner))).toEqual(stepByStep(11, plus));
  });

  test("of a method on a method, a hundred times", () => {
    expect(computed(chain(100, plus))).toEqual(stepByStep(100, plus));
  });

  test("of one that is used twice by the next, forty times", () => {
    calls.length = 0;
    expect(computed(chain(40, doubled))).toEqual(stepByStep(40, doubled));
  });

  test("equal ones are computed once, however they are reached", () => {
    let expr: Expr = pl.col("close");
    for (let level = 0; level < 12; level++) {
      expr = expr.ta.ema(3).add(expr.ta.sma(3)).div(pl.lit(2));
    }
    calls.length = 0;
    df.select(expr.alias("x"));
    expect(calls.map(({ tasks }) => tasks.length)).toEqual(Array(12).fill(2));
  });

  test("of every column, through functions that take all of them", () => {
    let expr: Expr = pl.col(["high", "close"]);
    for (let level = 0; level < 12; level++) {
      expr = pl.sumHorizontal([expr.ta.ema(3), expr.ta.ema(3)]).div(pl.lit(4));
    }
    let frame = df.select("high", "close");
    let names = ["high", "close"];
    for (let level = 0; level < 12; level++) {
      const emas = names.map((name) => pl.col(name).ta.ema(3).alias(`${name}_`));
      frame = frame.select(...emas);
      const all = names.map((name) => pl.col(`${name}_`));
      frame = frame.select(
        pl
          .sumHorizontal([...all, ...all])
          .div(pl.lit(4))
          .alias("x"),
      );
      names = ["x"];
    }
    expect(computed(expr)).toEqual(values(frame, "x"));
  });

  test("after a journey as JSON", () => {
    const expr = chain(30, doubled);
    const again = pl.Expr.deserialize(expr.serialize("json"), "json");
    expect(bytes(again)).toBe(bytes(expr));
    expect(computed(again)).toEqual(computed(expr));
  });

  test("within groups, at each level", () => {
    const nested = df.select(
      chain(10, plus).over("symbol").alias("x"),
      chain(10, (expr) => expr.over("symbol").add(pl.lit(1)))
        .over("symbol")
        .alias("y"),
    );
    let frame = df.select("symbol", pl.col("close").alias("x"), pl.col("close").alias("y"));
    for (let level = 0; level < 10; level++) {
      frame = frame.withColumns(pl.col("x").add(pl.lit(level)), pl.col("y").add(pl.lit(1)));
      frame = frame.withColumns(
        pl.col("x").ta.ema(3).over("symbol").alias("x"),
        pl.col("y").ta.ema(3).over("symbol").alias("y"),
      );
    }
    for (const name of ["x", "y"]) expect(values(nested, name)).toEqual(values(frame, name));
  });

  test("whole numbers keep their digits, and numbers theirs", () => {
    const large = 2n ** 60n + 1n;
    const frame = pl.DataFrame({ close: [0.1, 0.2, 0.3] }).withColumns(pl.lit(large).alias("n"));
    const odd = pl
      .col("n")
      .eq(pl.lit(large))
      .cast(pl.Float64)
      .mul(pl.lit(0.1 + 0.2));
    const expr = odd.ta
      .sma(1)
      .add(pl.lit(Number.NaN).fillNan(pl.lit(0)))
      .ta.sma(1);
    expect(values(frame.select(expr.alias("x")), "x")).toEqual([0.1 + 0.2, 0.1 + 0.2, 0.1 + 0.2]);
  });
});

/** Indicators over one series, with one number for each row. */
const simple: IndicatorMeta[] = ta.catalog().filter(({ semantics, outputs }) => {
  const [slot, ...others] = semantics.input_slots;
  const only = slot?.kind === "number" && slot.name === "series" && others.length === 0;
  return (
    only && outputs.length === 1 && outputs[0]?.dtype === "Float64" && semantics.lookahead === 0
  );
});

type Formula =
  | string
  | { readonly op: "add" | "sub" | "mul"; readonly left: Formula; readonly right: Formula }
  | { readonly id: string; readonly of: Formula };

const formula = fc.letrec<{ any: Formula; call: Formula; sum: Formula; leaf: Formula }>((tie) => ({
  any: fc.oneof({ maxDepth: 6, depthSize: "large" }, tie("leaf"), tie("call"), tie("sum")),
  leaf: fc.constantFrom("open", "high", "low", "close"),
  call: fc.record({ id: fc.constantFrom(...simple.map(({ id }) => id)), of: tie("any") }),
  sum: fc.record({
    op: fc.constantFrom("add", "sub", "mul"),
    left: tie("any"),
    right: tie("any"),
  }),
})).any;

const whole = (given: Formula): Expr => {
  if (typeof given === "string") return pl.col(given);
  if ("id" in given) return ta.indicator(given.id, {}, { series: whole(given.of) });
  return whole(given.left)[given.op](whole(given.right));
};

const written = (given: Formula): string => {
  if (typeof given === "string") return given;
  if ("id" in given) return `${given.id}(${written(given.of)})`;
  const sign = { add: "+", sub: "-", mul: "*" }[given.op];
  return `(${written(given.left)} ${sign} ${written(given.right)})`;
};

describe("random formulas", () => {
  test("there are indicators to draw from", () => expect(simple.length).toBeGreaterThan(40));

  test("have the values of their parts, computed one after the other", () => {
    let frame = df;
    let columns = 0;
    const into = (expr: Expr): Expr => {
      columns += 1;
      frame = frame.withColumns(expr.alias(`step_${columns}`));
      return pl.col(`step_${columns}`);
    };
    const step = (given: Formula): Expr => {
      if (typeof given === "string") return pl.col(given);
      if ("id" in given) return into(ta.indicator(given.id, {}, { series: step(given.of) }));
      return into(step(given.left)[given.op](step(given.right)));
    };
    const property = fc.property(formula, (given) => {
      frame = df;
      const last = step(given);
      const wanted = values(frame.select(last.alias("x")), "x");
      expect(computed(whole(given))).toEqual(wanted);
      expect(computed(ta.expr(written(given)))).toEqual(wanted);
    });
    fc.assert(property, { numRuns: runs(60) });
  }, 120_000);
});

describe("refused in a sentence", () => {
  const add = (times: number, expr: Expr = pl.col("close")): Expr => {
    let sum = expr;
    for (let index = 0; index < times; index++) sum = sum.add(pl.lit(1));
    return sum;
  };

  /** Without the wrappers of polars, each of which takes longer than the operator in it. */
  const deeply = (times: number): Expr => {
    const start = pl.col("close");
    let native = (start as unknown as { _expr: { add(other: unknown): never } })._expr;
    const one = (pl.lit(1) as unknown as { _expr: unknown })._expr;
    for (let index = 0; index < times; index++) native = native.add(one);
    return Object.create(start, { _expr: { value: native } }) as Expr;
  };

  test("an input with too many operators inside each other", () => {
    expect(computed(add(50).ta.sma(1))).toEqual(computed(add(50).cast(pl.Float64)));
    expect(sentenceOf(() => add(60).ta.sma(3))).toMatch(/operators inside each other/);
  });

  test("one that is deep enough for most of polars to overflow the stack", () => {
    for (const times of [1_000, 20_000]) {
      const deep = deeply(times);
      expect(sentenceOf(() => ta.sma(3, { series: deep }))).toMatch(/operators inside each other/);
      expect(sentenceOf(() => df.ta.sma(3, { series: deep }))).toMatch(
        /operators inside each other/,
      );
    }
  });

  test("too many operators around an indicator", () => {
    expect(df.select(add(50, ta.sma(3)).alias("x")).height).toBe(df.height);
    expect(sentenceOf(() => df.select(add(100, ta.sma(3))))).toMatch(/operators inside each other/);
  });

  test("too many indicators inside each other", () => {
    expect(sentenceOf(() => chain(1_000, plus))).toMatch(
      /^ema: .*too many indicators and operators inside each other/,
    );
  });

  test("too many indicators", () => {
    const many = (count: number) =>
      pl.sumHorizontal(Array.from({ length: count }, (_, index) => ta.sma(index + 2))).ta.ema(3);
    expect(df.select(many(900).alias("x")).height).toBe(df.height);
    expect(sentenceOf(() => many(1_001))).toBe(
      "ema: the expression has more than 1000 indicators in it; compute a part of it in a column first",
    );
  });

  test("an expression that polars doubles again and again", () => {
    let twice: Expr = pl.col("close");
    for (let index = 0; index < 17; index++) twice = twice.add(twice);
    expect(sentenceOf(() => twice.ta.ema(3))).toMatch(/so many parts/);
    let nested: Expr = ta.ema(3);
    for (let index = 0; index < 15; index++) nested = nested.add(nested);
    expect(sentenceOf(() => nested.ta.ema(3))).toMatch(/so many parts|more than 50000 parts/);
  });

  test("texts whose inputs are long and used often", () => {
    const long = `close${"+close".repeat(50)}`;
    const lots = `(${Array(40).fill("(a)").join("+")})`;
    const features = Array.from({ length: 5 }, () => lots).join("*");
    expect(
      sentenceOf(() => ta.expr(`ema(${features}*${features}, 3)`, { inputs: { a: long } })),
    ).toMatch(/^the expression has \d+ parts when its inputs are written out/);
    const config = {
      inputs: { a: long },
      features: Array.from({ length: 100 }, (_, index) => ({ expr: lots, as: `f${index}` })),
    };
    expect(sentenceOf(() => ta.pipeline(config))).toMatch(
      /^the features have \d+ parts when their inputs are written out/,
    );
  });

  test("a column that only looks like an indicator", () => {
    for (const name of ["__ta:x", "__ta:ta.ema(close, 3)|e30", "__ta:a|W10"]) {
      expect(sentenceOf(() => df.select(pl.col(name)))).toMatch(/begins with "__ta:"/);
    }
  });

  test("groups inside of other groups", () => {
    const other = pl.col("close").over("open").add(pl.lit(1)).ta.ema(3).over("symbol");
    expect(sentenceOf(() => df.select(other))).toMatch(/reads an expression over other groups/);
  });

  test("every refusal is a TaError", () => {
    expect(() => chain(1_000, plus)).toThrow(TaError);
  });
});
