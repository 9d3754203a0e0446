/**
 * Finds the columns that the calls on a deferred frame read. Polars pushes projections down a plan;
 * a computation cuts the plan, so this carries them past the cut.
 */

import { columnName, outputName, readsUnnamed } from "../polars/ast.js";
import { type NativeExpr, native } from "../polars/native.js";
import { replace, type Tree, tryTree } from "../polars/tree.js";
import type { Request } from "./placeholder.js";
import { requestOf } from "./placeholder.js";

/**
 * Names of columns; undefined if any may be read. A name is `"named"` if the caller wrote it, or
 * `"usual"` if it is a default that the frame may spell in another case.
 */
export type Needed = ReadonlyMap<string, "named" | "usual"> | undefined;

/**
 * The columns that the frame before a call must have, given those that the frame after it must
 * have.
 *
 * @param exprs The expressions of the call.
 */
export function neededBefore(method: string, exprs: unknown[], after: Needed): Needed {
  switch (method) {
    case "select":
    case "agg":
      return roots(exprs);
    case "withColumn":
    case "withColumns":
      return union(without(after, exprs), roots(exprs));
    case "filter":
    case "sortByExprs":
      return union(after, roots(exprs));
    case "slice":
      return after;
    default:
      return undefined;
  }
}

function treeOf(value: unknown): Tree | undefined {
  if (!(value instanceof (native.JsExpr as unknown as new () => NativeExpr))) return undefined;
  return tryTree(value);
}

function union(a: Needed, b: Needed): Needed {
  if (!a || !b) return undefined;
  const all = new Map(a);
  for (const [name, how] of b) add(all, name, how);
  return all;
}

/** A name that the caller wrote somewhere must exist exactly so. */
function add(names: Map<string, "named" | "usual">, name: string, how: "named" | "usual"): void {
  if (names.get(name) !== "named") names.set(name, how);
}

/** The columns in `after` that `exprs` do not make. */
function without(after: Needed, exprs: unknown[]): Needed {
  const made = new Set(exprs.flat().map((expr) => outputName(treeOf(expr) ?? null)));
  return after && new Map([...after].filter(([name]) => !made.has(name)));
}

/** The columns that expressions read; undefined if an expression may read any. */
function roots(exprs: unknown[]): Needed {
  const names = new Map<string, "named" | "usual">();
  const seen = new Set<Request>();
  for (const expr of exprs.flat()) {
    const tree = treeOf(expr);
    if (tree === undefined || !addRoots(tree, names, seen)) return undefined;
  }
  return names;
}

function addRoots(tree: Tree, names: Map<string, "named" | "usual">, seen: Set<Request>): boolean {
  let known = true;
  replace(tree, (node) => {
    const request: Request | undefined = requestOf(node);
    const name = columnName(node);
    if (request) {
      const inputs = seen.has(request) ? [] : request.inputs;
      seen.add(request);
      for (const [index, input] of inputs.entries()) {
        const usual = request.usual?.includes(index) ? columnName(input) : undefined;
        if (usual !== undefined) add(names, usual, "usual");
        else known &&= addRoots(input, names, seen);
      }
    } else if (name !== undefined) {
      add(names, name, "named");
    } else if (readsUnnamed(node)) {
      known = false;
    } else {
      return undefined;
    }
    return node;
  });
  return known;
}
