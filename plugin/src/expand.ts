/**
 * Selections of several columns (`pl.col(["a", "b"]).ta.sma(10)`, `pl.all().ta…`)
 * become one expression per column, as polars expands them.
 */

import { TaError } from "./errors.js";
import { encode, type Request, requestOf } from "./placeholder.js";
import type { NativeLazy } from "./polars.js";
import { alias, column, columnName, fromTree, replace, type Tree } from "./tree.js";

const isSelector = (node: Tree): boolean =>
  typeof node === "object" && node !== null && "Selector" in node;

/** The expressions that a context sees for one that the user wrote. */
export function expand(tree: Tree, frame: NativeLazy): Tree[] {
  const selections = new Map<string, string[]>();
  collectSelections(tree, frame, selections, false);
  if (selections.size === 0) return [tree];
  const lengths = [...new Set([...selections.values()].map((names) => names.length))];
  const length = Math.max(...lengths);
  if (lengths.some((n) => n !== length && n !== 1)) {
    throw new TaError(
      `a .ta expression selects ${lengths.join(" and ")} columns in different places; select the same number`,
    );
  }
  return Array.from({ length }, (_, index) =>
    substitute(tree, (node) => {
      const names = selections.get(JSON.stringify(node)) ?? [];
      return names[names.length === 1 ? 0 : index] ?? "";
    }),
  );
}

/** Finds the selections that a placeholder depends on; others are left to polars. */
function collectSelections(
  tree: Tree,
  frame: NativeLazy,
  found: Map<string, string[]>,
  inside: boolean,
): void {
  replace(tree, (node) => {
    const request = requestOf(node);
    if (request) {
      for (const input of request.inputs) collectSelections(input, frame, found, true);
    } else if (inside && isSelector(node)) {
      const key = JSON.stringify(node);
      if (!found.has(key)) found.set(key, frame.select([fromTree(node)]).columns);
    } else {
      return undefined;
    }
    return node;
  });
}

/** Puts one column in the place of each selection, and its name before default names. */
function substitute(tree: Tree, pick: (node: Tree) => string): Tree {
  return replace(tree, (node) => {
    if (isSelector(node)) return column(pick(node));
    const [inner, name] = (node as { Alias?: [Tree, string] }).Alias ?? [];
    const request = inner === undefined ? requestOf(node) : requestOf(inner);
    if (!request) return undefined;
    const single = forColumn(request, pick);
    if (inner === undefined) return single.tree;
    return alias(single.tree, name === request.name ? `${single.names[0]}_${name}` : (name ?? ""));
  });
}

function forColumn(
  request: Request,
  pick: (node: Tree) => string,
): { tree: Tree; names: string[] } {
  const inputs = request.inputs.map((input) => substitute(input, pick));
  const names = inputs.map((input, slot) => columnName(input) ?? request.names[slot] ?? "");
  return { tree: column(encode({ ...request, inputs, names })), names };
}
