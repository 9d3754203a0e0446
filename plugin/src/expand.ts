/**
 * Selections of several columns (`pl.col(["a", "b"]).ta.sma(10)`, `pl.all().ta…`)
 * become one expression per column, as polars expands them. Selections elsewhere are
 * pinned to their columns, so that they do not find hidden ones.
 */

import { entry, type InputSlot } from "./catalog.js";
import { TaError } from "./errors.js";
import { encode, isPlaceholder, type Request, requestOf } from "./placeholder.js";
import { alias, column, columnName, replace, some, type Tree } from "./tree.js";
import { inputRemedy, usualColumn } from "./usual.js";

/** Finds the columns of a selection. */
export type Select = (selection: Tree) => readonly string[];

/** What a frame has, looked up when an expression needs it. */
export interface Has {
  readonly select: Select;
  /** The names of all its columns. */
  readonly columns: () => readonly string[];
}

interface Function {
  readonly input: readonly Tree[];
  readonly function: Tree;
}

const isSelector = (node: Tree): boolean =>
  typeof node === "object" && node !== null && "Selector" in node;

/** The expressions that a context sees for one that the user wrote. */
export function expand(tree: Tree, has: Has): Tree[] {
  return some(tree, isPlaceholder) ? expandAll(tree, has) : [pin(tree, has.select)];
}

/** One expression for each column that an expression selects, with or without placeholders. */
export function expandAll(tree: Tree, has: Has): Tree[] {
  const whole = expandInputs(tree, has);
  const selections = new Map<string, readonly string[]>();
  collectSelections(whole, has.select, selections);
  if (selections.size === 0) return [whole];
  const lengths = [...new Set([...selections.values()].map((names) => names.length))];
  const length = lengths.find((n) => n !== 1) ?? 1;
  if (lengths.some((n) => n !== length && n !== 1)) {
    throw new TaError(
      `a .ta expression selects ${lengths.join(" and ")} columns in different places; select the same number`,
    );
  }
  return Array.from({ length }, (_, index) =>
    substitute(whole, (node) => {
      const names = selections.get(JSON.stringify(node)) ?? [];
      return names[names.length === 1 ? 0 : index] ?? "";
    }),
  );
}

/** Replaces selections by ones of the same columns, by name. */
function pin(tree: Tree, select: Select): Tree {
  return replace(tree, (node) =>
    isSelector(node) ? { Selector: { ByName: { names: select(node), strict: true } } } : undefined,
  );
}

/** Functions of any number of inputs, whose selections become inputs of one call. */
const TAKE_SELECTIONS =
  /^(\w+\.)?(\w+Horizontal|AsStruct|Coalesce|WithFields)(\.|$)|^(List|Array)Expr\.Concat$/;

/** A function as polars writes it, from outside to inside: `StringExpr.ConcatHorizontal`. */
function pathOf(name: Tree): string {
  if (typeof name !== "object" || name === null) return `${name}`;
  const [kind, inner] = Object.entries(name as Record<string, Tree>)[0] ?? ["", null];
  return `${kind}.${pathOf(inner)}`;
}

function expandInputs(tree: Tree, has: Has): Tree {
  return replace(tree, (node) => {
    const request = requestOf(node);
    if (request) return column(encode(inFrame(request, has)));
    const call = (node as { Function?: unknown }).Function as Function | undefined;
    if (!call || !TAKE_SELECTIONS.test(pathOf(call.function))) return undefined;
    return { Function: { ...call, input: call.input.flatMap((one) => expandAll(one, has)) } };
  });
}

/** A request whose inputs are columns of the frame: the usual ones as the frame spells them. */
function inFrame({ usual = [], ...request }: Request, has: Has): Request {
  const names = [...request.names];
  const inputs = request.inputs.map((input, index) => {
    if (!usual.includes(index)) return expandInputs(input, has);
    const slot = entry(request.id).semantics.input_slots[index] as InputSlot;
    const name = columnName(input) ?? "";
    const about = { where: request.id, remedy: inputRemedy(slot) };
    const found = usualColumn(name, has.columns(), about);
    names[index] = found;
    return column(found);
  });
  return { ...request, inputs, names };
}

function collectSelections(tree: Tree, select: Select, found: Map<string, readonly string[]>) {
  replace(tree, (node) => {
    const request = requestOf(node);
    if (request) {
      for (const input of request.inputs) collectSelections(input, select, found);
    } else if (isSelector(node)) {
      const key = JSON.stringify(node);
      if (!found.has(key)) found.set(key, select(node));
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
    const request = requestOf(inner ?? node);
    if (!request) return undefined;
    const picked: string[] = [];
    const single = forColumn(request, (selection) => {
      const one = pick(selection);
      picked.push(one);
      return one;
    });
    if (inner === undefined) return single;
    const prefixed = picked.length > 0 && name === request.name;
    return alias(single, prefixed ? `${picked[0]}_${name}` : (name ?? ""));
  });
}

function forColumn(request: Request, pick: (node: Tree) => string): Tree {
  const inputs = request.inputs.map((input) => substitute(input, pick));
  const names = inputs.map((input, slot) => columnName(input) ?? request.names[slot] ?? "");
  return column(encode({ ...request, inputs, names }));
}
