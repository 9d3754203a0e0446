/** Trees of plain JSON, as polars serializes expressions, and how to go through them. */

import type { Request } from "./request.js";

/** An expression or any part of one. */
export type Tree =
  | null
  | boolean
  | number
  | string
  | Placeholder
  | readonly Tree[]
  | { readonly [key: string]: Tree };

/** A request in the place of the column that stands for it; equal ones may share an object. */
export class Placeholder {
  constructor(readonly request: Request) {}
}

/** The request a node stands for, if it is a placeholder. */
export function requestOf(node: Tree): Request | undefined {
  return node instanceof Placeholder ? node.request : undefined;
}

export const isPlaceholder = (node: Tree): boolean => node instanceof Placeholder;

// A whole number too large for a double keeps its digits.
const LONG_INTEGER = /\d{16}/;

interface RawJson {
  rawJSON(text: string): Tree;
}

/** JSON with all digits of whole numbers. */
export function parse(text: string): Tree {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  const keepDigits = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? (JSON as unknown as RawJson).rawJSON(context?.source ?? String(value))
      : value;
  return JSON.parse(text, keepDigits);
}

export const column = (name: string): Tree => ({ Column: name });

export const alias = (tree: Tree, name: string): Tree => ({ Alias: [tree, name] });

/** The name if the tree is just a column. */
export function columnName(tree: Tree): string | undefined {
  const name = (tree as { Column?: unknown } | null)?.Column;
  return typeof name === "string" ? name : undefined;
}

/**
 * Rebuilds a tree; `visit` returns a replacement, or `undefined` to look further inside. A
 * request is not looked into.
 */
export function replace(tree: Tree, visit: (node: Tree) => Tree | undefined): Tree {
  if (typeof tree !== "object" || tree === null) return tree;
  const replaced = visit(tree);
  if (replaced !== undefined) return replaced;
  if (tree instanceof Placeholder) return tree;
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

/** The name an expression's result has, where its tree shows it: that of its leftmost leaf. */
export function outputName(tree: Tree): string | undefined {
  if (typeof tree !== "object" || tree === null || tree instanceof Placeholder) return undefined;
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
