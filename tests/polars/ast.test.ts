/**
 * The contract with the installed nodejs-polars: how it serializes each node that the plugin
 * knows. A failing test has the name of the node that has changed.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl, { type Expr } from "nodejs-polars";
import "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import * as ast from "../../plugin/dist/polars/ast.js";
import * as functions from "../../plugin/dist/polars/functions.js";
import { native } from "../../plugin/dist/polars/native.js";
import { root } from "../support/child.js";

type Tree = ReturnType<typeof ast.column>;

const treeOf = (expr: Expr): Tree => JSON.parse(expr.serialize("json").toString());
const exprOf = (tree: Tree): Expr =>
  pl.Expr.deserialize(Buffer.from(JSON.stringify(tree)), "json") as Expr;
const inner = (expr: Expr) =>
  (expr as unknown as { _expr: Parameters<typeof functions.strip>[0] })._expr;

const [a, b] = [pl.col("a"), pl.col("b")];
const [treeA, treeB] = [treeOf(a), treeOf(b)];
const text = (value: string): Tree => treeOf(pl.lit(value));

/** For each kind of node: an expression of polars' public methods, and what the plugin makes or finds of it. */
const NODES: Readonly<Record<string, () => void>> = {
  Column() {
    expect(ast.column("a")).toEqual(treeA);
    expect(ast.columnName(treeA)).toBe("a");
    expect(ast.columnName(treeOf(pl.lit("a")))).toBeUndefined();
  },
  Alias() {
    const tree = treeOf(a.alias("x").alias("y"));
    expect(ast.alias(ast.alias(treeA, "x"), "y")).toEqual(tree);
    expect(ast.renamed(tree)).toEqual({ expr: treeOf(a.alias("x")), name: "y" });
    expect(ast.unnamed(tree)).toEqual(treeA);
    expect(ast.outputName(tree)).toBe("y");
    expect(ast.renamed(treeA)).toBeUndefined();
  },
  KeepName() {
    expect(ast.keptName(treeOf(a.alias("x").keepName()))).toEqual(treeOf(a.alias("x")));
    expect(ast.keptName(treeOf(a.alias("x")))).toBeUndefined();
  },
  Literal() {
    for (const value of [1, "a", null, true])
      expect(ast.isLiteral(treeOf(pl.lit(value)))).toBe(true);
    expect(ast.isLiteral(treeA)).toBe(false);
    const found = a.add(1.5).serialize("json").toString().matchAll(ast.FLOATS);
    expect([...found].map(([, digits]) => digits)).toEqual(["1.5"]);
    const odd = a.add(Number.NaN).add(pl.lit(1)).add(-Infinity);
    expect(ast.nonFinite(inner(odd).toJs())).toEqual([Number.NaN, -Infinity]);
    const nulls = odd.serialize("json").toString().matchAll(ast.FLOATS);
    expect([...nulls].map(([, digits]) => digits)).toEqual(["null", "1.0", "null"]);
  },
  Cast() {
    expect(ast.floatFromText("1.5")).toEqual(treeOf(pl.lit("1.5").cast(pl.Float64, true)));
    expect(ast.outputName(treeOf(a.cast(pl.Int32)))).toBe("a");
  },
  BinaryExpr() {
    const known = JSON.stringify(treeOf(a.neq(b)));
    expect(known).toContain('"NotEq"');
    expect(ast.differ(treeA, treeB)).toEqual(JSON.parse(known.replace("NotEq", "NotEqValidity")));
    expect(ast.outputName(treeOf(a.add(b)))).toBe("a");
    const frame = pl.DataFrame({ a: [1, 1, null, null], b: [1, 2, null, 3] });
    const differ = frame.select(exprOf(ast.differ(treeA, treeB)));
    expect(differ.getColumn("a").toArray()).toEqual([false, true, false, true]);
  },
  Over() {
    const tree = treeOf(a.over("b"));
    expect(ast.within(treeA, [treeB])).toEqual(tree);
    const found = ast.overOf(tree);
    expect(found).toEqual({
      function: treeA,
      partition_by: [treeB],
      order_by: null,
      mapping: expect.any(String),
    });
    expect(found && ast.isWithin(found)).toBe(true);
    expect(found && ast.over(found)).toEqual(tree);
    expect(found && ast.isWithin({ ...found, order_by: [treeB, {}] })).toBe(false);
    expect(ast.overOf(treeA)).toBeUndefined();
    expect(ast.outputName(tree)).toBe("a");
  },
  Selector() {
    const byName = treeOf(pl.col(["a", "b"]));
    expect(ast.selection(["a", "b"])).toEqual(byName);
    for (const all of [pl.all(), pl.exclude("a"), pl.nth(0), pl.col(pl.Float64 as never)]) {
      expect(ast.isSelection(treeOf(all))).toBe(true);
      expect(ast.readsUnnamed(treeOf(all))).toBe(true);
      expect(String(all)).toMatch(/\bcs\.\w+\(/);
    }
    expect(ast.isSelection(treeA)).toBe(false);
    expect(ast.readsUnnamed(treeA)).toBe(false);
  },
  SortBy() {
    expect(ast.isSorted(treeOf(a.sortBy([b])))).toBe(true);
    expect(ast.isSorted(treeA)).toBe(false);
  },
  Function() {
    const shifted = treeOf(a.shift(1));
    expect(ast.outputName(shifted)).toBe("a");
    expect(ast.callOverSelections(shifted)).toBeUndefined();
    const together: readonly Expr[] = [
      pl.concatList(["a", "b"]),
      pl.concatString(["a", "b"]),
      pl.struct([a, b] as never) as unknown as Expr,
      pl.maxHorizontal(["a", "b"]),
      pl.sumHorizontal(["a", "b"]),
      pl.anyHorizontal(["a", "b"]),
    ];
    for (const expr of together) {
      const tree = treeOf(expr);
      const call = ast.callOverSelections(tree);
      expect(call, String(expr)).toBeDefined();
      expect(call && ast.withInputs(call, call.input)).toEqual(tree);
    }
  },
  Eval() {
    expect(ast.ownRows(treeOf(a.list.eval(pl.element())))).toMatch(/list evaluation/);
    expect(ast.ownRows(treeA)).toBeUndefined();
  },
  StructEval() {
    expect(ast.ownRows(treeOf(a.struct.withFields([b])))).toBe("a struct evaluation");
  },
  // nodejs-polars cannot make the last two, but may read them.
  Rolling() {
    expect(ast.ownRows({ Rolling: {} })).toBe("a rolling window");
  },
  SubPlan() {
    expect(ast.readsUnnamed({ SubPlan: [] })).toBe(true);
  },
};

/** The names that polars reads in a place, from what it says about another. */
function names(place: (name: string) => Tree): string[] {
  try {
    exprOf(place("Nope"));
  } catch (error) {
    const [, list = ""] =
      /expected one of (.*?)(?: at line|$)/s.exec((error as Error).message) ?? [];
    return [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
  }
  throw new Error("polars reads any name");
}

describe("the node", () => {
  const known = names((name) => ({ [name]: null }));

  test.each(Object.keys(NODES))("%s is as the plugin knows it", (kind) => {
    expect(known).toContain(kind);
    NODES[kind]?.();
  });

  test("of every kind that the plugin knows is tried", () => {
    expect(Object.keys(NODES).sort()).toEqual([...ast.kinds].sort());
  });
});

/** The inputs of a call. */
const inputsOf = (expr: Expr): Tree[] =>
  (treeOf(expr) as unknown as { Function: { input: Tree[] } }).Function.input;

/** A tree with a part of its JSON written otherwise, which must be there. */
function changed(expr: Expr, from: string, to: string): Tree {
  const json = JSON.stringify(treeOf(expr));
  expect(json).toContain(from);
  return JSON.parse(json.replace(from, to));
}

/** Functions that the plugin calls by name, against polars' methods and by what they give. */
const FUNCTIONS: Readonly<Record<string, () => void>> = {
  FieldByName() {
    const field = treeOf(a.struct.field("x"));
    expect(ast.fieldOf(field)).toEqual({ of: treeA, name: "x" });
    expect(ast.fieldOf(treeOf(a.shift(1)))).toBeUndefined();
    expect(ast.outputName(field)).toBeUndefined();
  },
  Pow() {
    const power = a.pow(2);
    expect(ast.power(...inputsOf(power))).toEqual(treeOf(power));
  },
  StripChars() {
    expect(ast.stripChars(treeA, text(" "))).toEqual(treeOf(a.str.stripChars(pl.lit(" "))));
    expect(only(pl.Series("a", [" x "]), functions.strip)).toBe("x");
  },
  Truncate() {
    expect(ast.truncateTime(treeA, text("1d"))).toEqual(treeOf(a.dt.truncate("1d")));
  },
  ConvertTimeZone() {
    expect(ast.inTimeZone(treeA, "UTC")).toEqual(treeOf(a.dt.convertTimeZone("UTC")));
  },
  ReplaceTimeZone() {
    const zoned = changed(a.dt.replaceTimeZone("UTC", "raise"), '{"inner":"UTC"}', "null");
    // Polars' method writes here what to do about times that do not exist.
    expect(JSON.parse(JSON.stringify(ast.withoutTimeZone(treeA)))).toEqual(
      JSON.parse(JSON.stringify(zoned)),
    );
  },
  OffsetBy() {
    const moved = only(pl.Series("a", [new Date(Date.UTC(2024, 0, 31))]), (time) =>
      functions.offsetBy(time, "1mo"),
    );
    expect(moved).toEqual(new Date(Date.UTC(2024, 1, 29)));
  },
  Strptime() {
    const expr = a.str.strptime(pl.Date, "%Y-%m-%d");
    expect(ast.parseTime(treeA, "Date", "%Y-%m-%d")).toEqual(
      changed(expr, '"exact":false', '"exact":true'),
    );
    const dates = pl.Series("a", ["2024-01-31", "x 2024-01-31"]);
    for (const type of ["Date", { unit: "Microseconds", zone: "UTC" }] as const) {
      const [first, second] = values(dates, (texts) =>
        functions.parseTime(texts, type, "%Y-%m-%d"),
      );
      expect(new Date(first as number)).toEqual(new Date(Date.UTC(2024, 0, 31)));
      expect(second).toBeNull();
    }
  },
};

type Native = Parameters<typeof functions.strip>[0];

function values(series: pl.Series, make: (expr: Native) => Native): unknown[] {
  const made = make(native.col("a")).serialize("json");
  const expr = pl.Expr.deserialize(made as never, "json") as Expr;
  return pl.DataFrame([series]).select(expr).getColumn("a").toArray();
}

const only = (series: pl.Series, make: (expr: Native) => Native): unknown =>
  values(series, make)[0];

describe("the function", () => {
  test.each(Object.keys(FUNCTIONS))("%s is as the plugin knows it", (name) => FUNCTIONS[name]?.());
});

describe("the source", () => {
  const folder = join(root, "plugin/src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/\bgenerated\b/.test(file),
  );
  const others = ["Agg", "Ternary", "FfiPlugin", "RenameAlias", "ByName", "FieldByName"];
  const inside = ["TemporalExpr", "StringExpr", "StructExpr", "NotEqValidity", "GroupsToRows"];
  const names = [...ast.kinds, ...others, ...inside].join("|");
  // The name of a node as a key, as a text and as a property.
  const shapes = [
    new RegExp(`[{,]\\s*(${names})\\??:`),
    new RegExp(`["'](${names})["']`),
    new RegExp(`[\\w)]\\??\\.(${names})\\b`),
  ];

  test("spells the nodes of polars in one file", () => {
    const found = files.filter((file) => {
      const code = readFileSync(join(folder, file), "utf8").replace(/^\s*(\*|\/\/|\/\*).*$/gm, "");
      return shapes.some((shape) => shape.test(code));
    });
    expect(found).toEqual([join("polars", "ast.ts")]);
  });
});
