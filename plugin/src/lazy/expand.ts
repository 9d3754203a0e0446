/**
 * Expands selections of several columns (`pl.col(["a", "b"]).ta.sma(10)`, `pl.all().ta…`) to one
 * expression per column, as polars does. In expressions without placeholders, selections become
 * lists of names, so that they do not match hidden columns.
 */

import { entry, type InputSlot } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { inputRemedy, usualColumn } from "../core/usual.js";
import {
  alias,
  callOverSelections,
  column,
  columnName,
  isSelection,
  renamed,
  selection,
  withInputs,
} from "../polars/ast.js";
import type { Request } from "../polars/request.js";
import { replace, some, type Tree } from "../polars/tree.js";
import { isPlaceholder, Placeholder, requestOf } from "../polars/walk.js";

/** Finds the columns of a selection. */
export type Select = (selection: Tree) => readonly string[];

/** The columns of a frame, looked up when an expression needs them. */
export interface FrameColumns {
  readonly select: Select;
  /** The names of all its columns. */
  readonly columns: () => readonly string[];
}

/** The expressions that a user's expression stands for in a context. */
export function expand(tree: Tree, available: FrameColumns): Tree[] {
  return some(tree, isPlaceholder) ? expandAll(tree, available) : [pin(tree, available.select)];
}

/** One expression for each column that an expression selects, with or without placeholders. */
export function expandAll(tree: Tree, available: FrameColumns): Tree[] {
  return new Expansion(available).all(tree);
}

/** Replaces selections by the names of the same columns. */
function pin(tree: Tree, select: Select): Tree {
  return replace(tree, (node) => (isSelection(node) ? selection(select(node)) : undefined));
}

/** Expands each request of an expression once, however often it is used. */
class Expansion {
  readonly #expanded = new Map<Request, Placeholder>();

  constructor(readonly available: FrameColumns) {}

  all(tree: Tree): Tree[] {
    const whole = this.#expandInputs(tree);
    const selections = new Map<string, readonly string[]>();
    this.#collectSelections(whole, selections, new Set());
    if (selections.size === 0) return [whole];
    const lengths = [...new Set([...selections.values()].map((names) => names.length))];
    const length = lengths.find((n) => n !== 1) ?? 1;
    if (lengths.some((n) => n !== length && n !== 1)) {
      throw new TaError(
        `a .ta expression selects ${lengths.join(" and ")} columns in different places; select the same number`,
      );
    }
    return Array.from({ length }, (_, index) => {
      const columns = new Substitution((node) => {
        const names = selections.get(JSON.stringify(node)) ?? [];
        return names[names.length === 1 ? 0 : index] ?? "";
      });
      return columns.in(whole);
    });
  }

  #expandInputs(tree: Tree): Tree {
    return replace(tree, (node) => {
      if (node instanceof Placeholder) return this.#expandRequest(node);
      const call = callOverSelections(node);
      return (
        call &&
        withInputs(
          call,
          call.input.flatMap((one) => this.all(one)),
        )
      );
    });
  }

  #expandRequest({ request }: Placeholder): Placeholder {
    const known = this.#expanded.get(request);
    if (known) return known;
    const expanded = new Placeholder(this.#inFrame(request));
    this.#expanded.set(request, expanded);
    return expanded;
  }

  /** The request with usual columns replaced by those of the frame, as it spells them. */
  #inFrame({ usual = [], ...request }: Request): Request {
    const names = [...request.names];
    const inputs = request.inputs.map((input, index) => {
      if (!usual.includes(index)) return this.#expandInputs(input);
      const slot = entry(request.id).semantics.input_slots[index] as InputSlot;
      const name = columnName(input) ?? "";
      const about = { where: request.id, remedy: inputRemedy(slot) };
      const found = usualColumn(name, this.available.columns(), about);
      names[index] = found;
      return column(found);
    });
    return { ...request, inputs, names };
  }

  #collectSelections(tree: Tree, found: Map<string, readonly string[]>, seen: Set<Request>): void {
    replace(tree, (node) => {
      const request = requestOf(node);
      if (request) {
        const inputs = seen.has(request) ? [] : request.inputs;
        seen.add(request);
        for (const input of inputs) this.#collectSelections(input, found, seen);
      } else if (isSelection(node)) {
        const key = JSON.stringify(node);
        if (!found.has(key)) found.set(key, this.available.select(node));
      } else {
        return undefined;
      }
      return node;
    });
  }
}

/** A request over single columns, and the first column that came from a selection. */
interface Single {
  readonly placeholder: Placeholder;
  readonly first: string | undefined;
}

/** Replaces each selection by one column, and puts that column's name before default names. */
class Substitution {
  readonly #known = new Map<Request, Single>();

  constructor(readonly pick: (node: Tree) => string) {}

  in(tree: Tree, picked: string[] = []): Tree {
    return replace(tree, (node) => {
      if (isSelection(node)) {
        const one = this.pick(node);
        picked.push(one);
        return column(one);
      }
      const named = renamed(node);
      const request = requestOf(named?.expr ?? node);
      if (!request) return undefined;
      const { placeholder, first } = this.#single(request);
      if (first !== undefined) picked.push(first);
      if (!named) return placeholder;
      const prefixed = first !== undefined && named.name === request.name;
      return alias(placeholder, prefixed ? `${first}_${named.name}` : named.name);
    });
  }

  #single(request: Request): Single {
    const known = this.#known.get(request);
    if (known) return known;
    const picked: string[] = [];
    const inputs = request.inputs.map((input) => this.in(input, picked));
    const names = inputs.map((input, slot) => columnName(input) ?? request.names[slot] ?? "");
    const placeholder = new Placeholder({ ...request, inputs, names });
    const single = { placeholder, first: picked[0] };
    this.#known.set(request, single);
    return single;
  }
}
