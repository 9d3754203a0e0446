/**
 * Native mode: indicators as plugin expressions, which polars computes itself. It needs a
 * nodejs-polars that is built with plugin expressions; the addon is their library.
 */

import { addon, addonPath } from "../core/addon.js";
import { TaError } from "../core/errors.js";
import { alias, columnName, isSorted, overOf, pluginCall } from "./ast.js";
import { DataType, native } from "./native.js";
import { pickled } from "./pickle.js";
import type { Request } from "./request.js";
import { isPlaceholder, parse, replace, requestOf, some, type Tree } from "./walk.js";

/** Who computes `.ta` expressions, and why. */
export interface Mode {
  /** Polars itself (`"native"`), or the addon, with copies of the columns (`"copying"`). */
  readonly mode: "native" | "copying";
  /** One sentence. */
  readonly modeReason: string;
}

const library = addon.isNative ? addonPath() : "";

const FUNCTION = "ta";

/** The expression of a column with as many rows as the frame or the group. */
let rows: Tree | undefined;

let found: Mode | undefined;

/** The mode of this process. `TA_NATIVE=0` and `TA_NATIVE=1` force it. */
export function mode(): Mode {
  found ??= find(process.env.TA_NATIVE);
  return found;
}

export const isNative = (): boolean => mode().mode === "native";

function find(forced: string | undefined): Mode {
  if (forced === "0") return { mode: "copying", modeReason: "TA_NATIVE is 0" };
  const obstacle = whyNot();
  if (obstacle === undefined) {
    return { mode: "native", modeReason: "this nodejs-polars can run plugin expressions" };
  }
  if (forced === "1") throw new TaError(`TA_NATIVE is 1, but ${obstacle}`);
  return { mode: "copying", modeReason: obstacle };
}

/** What prevents native mode; undefined if nothing does. */
function whyNot(): string | undefined {
  if (!addon.isNative) return "the indicators run as WebAssembly, which polars cannot load";
  if (library === "") return "this runtime does not tell the path of the addon";
  try {
    const asked = pluginCall({ input: [], lib: library, symbol: FUNCTION, kwargs: [] });
    native.JsExpr.deserialize(Buffer.from(JSON.stringify(asked)), "json");
    return undefined;
  } catch {
    return "this nodejs-polars is built without plugin expressions";
  }
}

/** Most objects in the JSON of an expression in which each request stands wherever it is used. */
const MOST_OBJECTS = 20_000;

/** Most levels of JSON, of the 127 that polars reads. */
const MOST_LEVELS = 110;

/**
 * An expression cannot be left to polars: it is too large or too deep when each request stands in it
 * as a whole, or polars could mean something else by it.
 */
export class NotInPolars extends Error {}

/**
 * Replaces placeholders by plugin expressions.
 *
 * @param grouped Whether the context divides the rows into groups.
 * @throws NotInPolars
 */
export function withPlugins(tree: Tree, grouped: boolean): Tree {
  checkGroups(tree, grouped, new Map());
  const measured = new Map<Tree, Size>();
  const known = new Map<Request, Tree>();
  const written = (part: Tree): Tree =>
    replace(part, (node) => {
      const request = requestOf(node);
      if (!request) return undefined;
      const made = known.get(request) ?? pluginOf(request, request.inputs.map(written));
      known.set(request, made);
      check(sizeOf(made, measured));
      return made;
    });
  const made = written(tree);
  check(sizeOf(made, measured));
  return made;
}

/**
 * Groups within groups divide the rows further; polars has its own rules for them. And polars
 * mistakes the groups of what a group is sorted by, if it depends on other rows of the group.
 */
function checkGroups(tree: Tree, grouped: boolean, seen: Map<Request, boolean>): void {
  replace(tree, (node) => {
    const groups = overOf(node);
    if (grouped && (groups || (isSorted(node) && some(node, isPlaceholder)))) {
      throw new NotInPolars();
    }
    if (groups) checkGroups(groups.function, true, seen);
    const request = requestOf(node);
    const known = request && seen.get(request);
    // What is fine within groups is fine without.
    if (request && (known === undefined || (grouped && !known))) {
      seen.set(request, grouped);
      for (const input of request.inputs) checkGroups(input, grouped, seen);
    }
    return groups && node;
  });
}

interface Size {
  readonly objects: number;
  readonly levels: number;
}

function check({ objects, levels }: Size): void {
  if (objects > MOST_OBJECTS || levels > MOST_LEVELS) throw new NotInPolars();
}

/** The size of a tree whose parts may be in it many times. */
function sizeOf(tree: Tree, measured: Map<Tree, Size>): Size {
  if (typeof tree !== "object" || tree === null) return { objects: 0, levels: 0 };
  const seen = measured.get(tree);
  if (seen) return seen;
  const parts = Object.values(tree as Record<string, Tree>).map((part) => sizeOf(part, measured));
  const size = {
    objects: parts.reduce((sum, part) => sum + part.objects, 1),
    levels: 1 + Math.max(0, ...parts.map((part) => part.levels)),
  };
  measured.set(tree, size);
  return size;
}

function pluginOf(asked: Request, inputs: readonly Tree[]): Tree {
  const { id, params, missing, names, name } = asked;
  // The library needs the number of rows unless an input is sure to have it: all may be constants.
  const isSure = (input: Tree) => columnName(input) !== undefined || requestOf(input);
  const input = asked.inputs.some(isSure) ? inputs : [...inputs, rowNumbers()];
  // The call was checked when the request was made, its look-ahead too.
  const request = JSON.stringify({ id, params, missing, names, allow_lookahead: true });
  const kwargs = pickled(request);
  return alias(pluginCall({ input, lib: library, symbol: FUNCTION, kwargs }), name);
}

function rowNumbers(): Tree {
  if (rows === undefined) {
    const [start, end] = [{ _expr: native.lit(0) }, { _expr: native.len() }];
    const numbers = native.intRange(start, end, 1, DataType.Int64);
    rows = parse(numbers.serialize("json").toString());
  }
  return rows;
}
