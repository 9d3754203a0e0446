/** Trees of plain JSON, as polars serializes expressions, and functions that visit their nodes. */

import { isLiteral } from "./ast.js";
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

/** A request, decoded from the column that stands for it. Equal ones may share an object. */
export class Placeholder {
  constructor(readonly request: Request) {}
}

/** The request a node stands for, if it is a placeholder. */
export function requestOf(node: Tree): Request | undefined {
  return node instanceof Placeholder ? node.request : undefined;
}

export const isPlaceholder = (node: Tree): boolean => node instanceof Placeholder;

// A whole number that a double cannot hold.
const LONG_INTEGER = /\d{16}/;

interface RawJson {
  rawJSON(text: string): Tree;
}

/** Parses JSON and keeps all digits of whole numbers. */
export function parse(text: string): Tree {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  const keepDigits = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? (JSON as unknown as RawJson).rawJSON(context?.source ?? String(value))
      : value;
  return JSON.parse(text, keepDigits);
}

/**
 * Rebuilds a tree. `visit` returns a replacement for a node, or `undefined` to visit the nodes
 * inside it. Nodes inside a request are not visited.
 */
export function replace(tree: Tree, visit: (node: Tree) => Tree | undefined): Tree {
  if (typeof tree !== "object" || tree === null) return tree;
  const replaced = visit(tree);
  if (replaced !== undefined) return replaced;
  if (tree instanceof Placeholder) return tree;
  if (Array.isArray(tree)) return tree.map((node) => replace(node, visit));
  // Literals contain no expressions, and long ones take time to visit.
  if (isLiteral(tree)) return tree;
  const entries = Object.entries(tree as Record<string, Tree>);
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
