/** The expressions that `.ta` methods return: lighter than polars' own, and the same in every use. */

import { inspect } from "node:util";
import pl, { type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, describe, expect, test, vi } from "vitest";
import { wrappers } from "../../plugin/dist/polars/native.js";
import { type Common, expectSame, market, run, WAYS } from "../support/contexts.js";

afterEach(() => vi.restoreAllMocks());

type Anything = Record<PropertyKey, unknown>;

const df = market();
const { _Expr } = wrappers.expr;

/** Polars' own wrapper of the same expression. */
const heavy = (light: Expr): Expr => _Expr((light as unknown as { _expr: unknown })._expr);

const SOURCES: Readonly<Record<string, () => Expr>> = {
  "of a column": () => pl.col("close").ta.sma(2),
  "of a column by name": () => ta.rsi(3),
  "by id": () => ta.indicator("bbands", { period: 4 }),
  renamed: () => ta.ema(3).alias("x"),
  nested: () => pl.col("close").ta.sma(2).ta.rsi(3),
  "with options": () => ta(pl.col("close"), { missing: "propagate" }).sma(2),
};

describe.each(Object.entries(SOURCES))("an expression %s", (_, make) => {
  const light = make() as unknown as Anything;
  const same = heavy(light as unknown as Expr) as unknown as Anything;
  const keys = Reflect.ownKeys(same);

  test("is light: it has nothing of its own but what it wraps", () => {
    expect(Reflect.ownKeys(light)).toEqual(["_expr"]);
    expect(keys.length).toBeGreaterThan(150);
  });

  test("has everything that polars' wrapper has, of the same kind", () => {
    for (const key of keys) {
      expect(key in light, String(key)).toBe(true);
      expect(typeof light[key], String(key)).toBe(typeof same[key]);
      if (typeof same[key] !== "object" || key === "_expr") continue;
      // Namespaces: str, list, dt, struct and ta.
      const inside = (value: unknown) => Reflect.ownKeys(value as object);
      expect(inside(light[key]), String(key)).toEqual(inside(same[key]));
    }
    expect(light._expr).toBe(same._expr);
  });

  test("looks like it", () => {
    expect(String(light)).toBe(String(same));
    expect(`${light}`).toBe(`${same}`);
    expect(inspect(light)).toBe(inspect(same));
    expect(inspect({ deep: [light] })).toBe(inspect({ deep: [same] }));
    expect(JSON.stringify(light)).toBe(JSON.stringify(same));
    expect(JSON.stringify({ deep: [light] })).toBe(JSON.stringify({ deep: [same] }));
    expect(pl.Expr.isExpr(light)).toBe(true);
    expect(Object.prototype.toString.call(light)).toBe(Object.prototype.toString.call(same));
    expect((light[Symbol.toStringTag] as () => string)()).toBe("Expr");
  });

  test("comes back from what it is serialized to", () => {
    const expr = light as unknown as Expr;
    for (const format of ["json", "bincode"] as const) {
      const back = pl.Expr.deserialize(expr.serialize(format), format);
      expect(String(back)).toBe(String(light));
      expectSame(df.select(back), df.select(expr));
    }
  });

  /** What a call gives or how it fails, as text. */
  function outcome(owner: Anything, key: PropertyKey, args: readonly unknown[]): string {
    try {
      const made = Reflect.apply(owner[key] as () => unknown, owner, args);
      return pl.Expr.isExpr(made) ? `expression ${made}` : `value ${inspect(made)}`;
    } catch (error) {
      return `error ${error}`;
    }
  }

  const ARGUMENTS: readonly (readonly unknown[])[] = [
    [],
    [2],
    [pl.col("open"), 2],
    [[1, 2], true],
    [pl.Float64],
  ];

  test("every method does the same, whatever it is called with", () => {
    const outcomes = new Set<string>();
    const different: string[] = [];
    const compare = (one: Anything, other: Anything, where: string) => {
      for (const key of Reflect.ownKeys(other)) {
        if (typeof other[key] !== "function") continue;
        for (const args of ARGUMENTS) {
          const wanted = outcome(other, key, args);
          outcomes.add(wanted);
          if (outcome(one, key, args) !== wanted) different.push(`${where}${String(key)}(${args})`);
        }
      }
    };
    compare(light, same, "");
    for (const name of ["str", "lst", "list", "dt", "struct"]) {
      compare(light[name] as Anything, same[name] as Anything, `${name}.`);
    }
    expect(different).toEqual([]);
    const expressions = [...outcomes].filter((text) => text.startsWith("expression"));
    expect(expressions.length).toBeGreaterThan(100);
  });

  test("every method can be taken off it", () => {
    const { shift, over, alias, cast, toString: text } = light as unknown as Expr;
    expect(String(shift(1))).toBe(String((same as unknown as Expr).shift(1)));
    expect(String(over("symbol"))).toBe(String((same as unknown as Expr).over("symbol")));
    expect(String(cast(pl.Float32))).toBe(String((same as unknown as Expr).cast(pl.Float32)));
    expect(text()).toBe(String(same));
    expect(String(alias("y"))).toBe(String((same as unknown as Expr).alias("y")));
  });
});

describe("in contexts", () => {
  const sma = () => ta.sma(3);
  const bands = () => ta.bbands(4);

  const contexts: Record<string, (own: (light: Expr) => Expr) => (frame: Common) => Common> = {
    select: (own) => (frame) => frame.select(own(sma()), own(bands()), "close"),
    "select, a list": (own) => (frame) => frame.select([own(sma()), own(bands())] as never),
    withColumn: (own) => (frame) => frame.withColumn(own(sma())),
    withColumns: (own) => (frame) => frame.withColumns(own(sma()), own(bands())),
    filter: (own) => (frame) => frame.filter(own(sma()).gt(own(ta.ema(5)))),
    "filter by an event": (own) => (frame) => frame.filter(own(ta.crossup("close", "open"))),
    sort: (own) => (frame) => frame.sort(own(sma())),
    over: (own) => (frame) => frame.select(own(sma()).over("symbol"), own(bands()).over("k2")),
    "over it": (own) => (frame) => frame.select(pl.col("close").mean().over(own(sma()).gt(100))),
    "when, then and otherwise": (own) => (frame) =>
      frame.select(
        pl
          .when(own(ta.rsi(3)).gt(50))
          .then(own(sma()))
          .when(own(ta.falling()))
          .then(own(bands()).struct.field("upper"))
          .otherwise(own(ta.ema(3)))
          .alias("x"),
      ),
    "struct fields": (own) => (frame) => frame.select(own(bands()).struct.field("lower")),
    renamed: (own) => (frame) => frame.select(own(own(sma()).alias("a")).alias("b")),
    "inside of polars' functions": (own) => (frame) =>
      frame.select(
        pl.struct([own(sma()), own(ta.ema(3))]).alias("s"),
        pl.concatList([own(ta.rsi(2)), own(ta.rsi(3))]).alias("l"),
        pl.maxHorizontal([own(sma()), own(ta.ema(3))]).alias("m"),
      ),
    "on the right of an operator": (own) => (frame) =>
      frame.select(
        pl.col("close").sub(own(sma())),
        pl
          .lit(2)
          .mul(own(ta.ema(2)))
          .alias("twice"),
      ),
    "as an argument of a method": (own) => (frame) =>
      frame.select(
        pl
          .col("close")
          .fillNull(own(ta.sma(1, { series: "open" })))
          .alias("filled"),
      ),
    "as an input": (own) => (frame) =>
      frame.select(own(sma()).ta.rsi(3), ta.atr(3, { high: own(ta.max(3, { series: "high" })) })),
    groupBy: (own) => (frame) =>
      frame
        .groupBy("k2")
        .agg(own(sma()).last(), own(bands()).struct.field("upper").max())
        .sort("k2") as unknown as Common,
    "groupBy it": (own) => (frame) =>
      frame
        .groupBy(own(ta.rsi(3)).gt(50).alias("up"))
        .agg(pl.col("close").sum())
        .sort("up") as unknown as Common,
  };

  test.each(Object.entries(contexts))("%s", async (_, context) => {
    const wanted = context(heavy)(df as unknown as Common);
    for (const way of WAYS) {
      expectSame(
        await run(
          way,
          df,
          context((light) => light),
        ),
        wanted as unknown as typeof df,
      );
    }
  });
});

describe("lightness", () => {
  test("a plain use makes no wrapper of polars", () => {
    const close = pl.col("close");
    const made = vi.spyOn(wrappers.expr, "_Expr");
    const exprs = [close.ta.sma(2), ta.rsi(3), ta.bbands(4).alias("bands"), ta.indicator("ema")];
    df.select(...exprs);
    df.lazy()
      .withColumns(...exprs)
      .collectSync();
    df.ta.sma(3);
    expect(made).not.toHaveBeenCalled();
    exprs[0]?.shift(1);
    expect(made).toHaveBeenCalled();
  });

  test("the wrapper is made once for each expression", () => {
    const expr = ta.sma(2);
    const made = vi.spyOn(wrappers.expr, "_Expr");
    expect(expr.shift).toBe(expr.shift);
    const calls = made.mock.calls.length;
    expect(expr.over).toBe(expr.over);
    expect(made.mock.calls.length).toBe(calls);
  });

  test("expressions are their own: none shares what another has", () => {
    const [one, other] = [ta.sma(2), ta.sma(3)];
    expect(String(one)).not.toBe(String(other));
    expect(String(one.shift(1))).toContain("sma(close, 2)");
    expect(String(other.shift(1))).toContain("sma(close, 3)");
    expect(Object.getPrototypeOf(one)).toBe(Object.getPrototypeOf(other));
  });
});
