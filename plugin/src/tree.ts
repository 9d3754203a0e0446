/**
 * Polars expressions as trees of plain JSON, which is how polars serializes them.
 */

import { TaError } from "./errors.js";
import { type NativeExpr, native } from "./polars.js";

/** A serialized expression or any part of one. */
export type Tree =
  | null
  | boolean
  | number
  | string
  | readonly Tree[]
  | { readonly [key: string]: Tree };

// A whole number too large for a double keeps its digits: see `parse`.
const LONG_INTEGER = /\d{16}/;

interface RawJson {
  rawJSON(text: string): Tree;
}

/** An expression as a tree. */
export function toTree(expr: NativeExpr): Tree {
  const tree = tryTree(expr);
  if (tree !== undefined) return tree;
  throw new TaError(
    "a .ta expression cannot be combined with a function that polars cannot serialize; compute one of the two in a column first",
  );
}

/** An expression as a tree, unless a function in it is a closure of nodejs-polars. */
export function tryTree(expr: NativeExpr): Tree | undefined {
  let json: string;
  try {
    json = expr.serialize("json").toString();
  } catch {
    return undefined;
  }
  return parse(json.replaceAll(FLOAT, exactFloats(expr)));
}

const FLOAT = /\{"Literal":\{"Scalar":\{"Float64":([^}]+)\}\}\}/g;

/**
 * Replaces the numbers that do not come back from JSON as they were: NaN and infinities,
 * and those with more digits than polars' parser gets right. Text is parsed exactly.
 */
function exactFloats(expr: NativeExpr): (literal: string, digits: string) => string {
  let left: number[] | undefined;
  return (literal, digits) => {
    if (digits === "null") left ??= nonFinite(expr.toJs());
    const text = digits === "null" ? String(left?.shift()).replace("Infinity", "inf") : digits;
    const [mantissa = "", exponent = "0"] = text.split("e");
    const short = mantissa.replace(/\D/g, "").length <= 15 && Math.abs(Number(exponent)) <= 7;
    if (digits !== "null" && short) return literal;
    const string = `{"Literal":{"Scalar":{"String":"${text}"}}}`;
    return `{"Cast":{"expr":${string},"dtype":{"Literal":"Float64"},"options":"Strict"}}`;
  };
}

/** The NaN and infinite literals of an expression, which JSON shows as null, in its order. */
function nonFinite(value: unknown): number[] {
  if (typeof value !== "object" || value === null) return [];
  const { Float64: number } = ((value as { Literal?: { Scalar?: { Float64?: unknown } } }).Literal
    ?.Scalar ?? {}) as { Float64?: unknown };
  if (typeof number === "number") return Number.isFinite(number) ? [] : [number];
  return Object.values(value).flatMap(nonFinite);
}

function parse(text: string): Tree {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  const keepDigits = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? (JSON as unknown as RawJson).rawJSON(context?.source ?? String(value))
      : value;
  return JSON.parse(text, keepDigits);
}

/** A tree as an expression again. */
export function fromTree(tree: Tree): NativeExpr {
  return native.JsExpr.deserialize(Buffer.from(JSON.stringify(tree)), "json");
}

export const column = (name: string): Tree => ({ Column: name });

export const alias = (tree: Tree, name: string): Tree => ({ Alias: [tree, name] });

/** The name if the tree is just a column. */
export function columnName(tree: Tree): string | undefined {
  const name = (tree as { Column?: unknown } | null)?.Column;
  return typeof name === "string" ? name : undefined;
}

/** Rebuilds a tree; `visit` returns a replacement, or `undefined` to look further inside. */
export function replace(tree: Tree, visit: (node: Tree) => Tree | undefined): Tree {
  if (typeof tree !== "object" || tree === null) return tree;
  const replaced = visit(tree);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(tree)) return tree.map((node) => replace(node, visit));
  const entries = Object.entries(tree as Record<string, Tree>);
  // Literals hold raw values, never expressions; long ones are not worth a walk.
  if (entries.length === 1 && entries[0]?.[0] === "Literal") return tree;
  return Object.fromEntries(entries.map(([key, node]) => [key, replace(node, visit)]));
}

/** The name an expression's result has, where its tree shows it: that of its leftmost leaf. */
export function outputName(tree: Tree): string | undefined {
  if (typeof tree !== "object" || tree === null) return undefined;
  const [kind = "", inner = null] = Object.entries(tree as Record<string, Tree>)[0] ?? [];
  if (kind === "Column") return inner as string;
  if (kind === "Alias") return (inner as [Tree, string])[1];
  const child = LEFTMOST[kind];
  if (child === undefined) return undefined;
  const { [child]: next = null, function: call } = inner as Record<string, Tree>;
  // A field of a struct has the field's name.
  if (typeof call === "object" && call !== null && "StructExpr" in call) return undefined;
  return outputName(Array.isArray(next) ? (next[0] ?? null) : next);
}

const LEFTMOST: Record<string, string> = {
  BinaryExpr: "left",
  Cast: "expr",
  Function: "input",
  Over: "function",
};

/** Whether `test` holds for any node. */
export function some(tree: Tree, test: (node: Tree) => boolean): boolean {
  let found = false;
  replace(tree, (node) => {
    found ||= test(node);
    return found ? node : undefined;
  });
  return found;
}
