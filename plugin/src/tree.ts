/**
 * Polars expressions as trees of plain JSON, which is how polars serializes them.
 */

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
  return parse(expr.serialize("json").toString());
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

/** Whether `test` holds for any node. */
export function some(tree: Tree, test: (node: Tree) => boolean): boolean {
  let found = false;
  replace(tree, (node) => {
    found ||= test(node);
    return found ? node : undefined;
  });
  return found;
}
