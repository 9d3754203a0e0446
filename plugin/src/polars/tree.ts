/** Polars expressions as trees of plain JSON, the form in which polars serializes them. */

import { TaError } from "../core/errors.js";
import { column, columnName, FLOATS, floatFromText, nonFinite } from "./ast.js";
import { type NativeExpr, native } from "./native.js";
import { encode, MARK, Reader } from "./request.js";
import { sizeOf } from "./sizes.js";
import { Placeholder, parse, replace, requestOf, type Tree } from "./walk.js";

export { replace, some, type Tree } from "./walk.js";

/** Most levels of JSON in an expression. Polars reads 127, and the nodes that we add need some. */
const MOST_LEVELS = 116;

/** Most objects in the JSON of an expression. */
const MOST_OBJECTS = 100_000;
const PARTS = "so many parts";

/** Whether an expression is known to be too large for a tree, before it is written. */
export const isTooLarge = (expr: NativeExpr): boolean => sizeOf(expr).objects > MOST_OBJECTS;

const tooMany = (excess: string): TaError =>
  new TaError(
    `a .ta expression cannot be combined with one that has ${excess}; compute a part of it in a column first`,
  );

/** An expression as a tree. */
export function toTree(expr: NativeExpr): Tree {
  if (isTooLarge(expr)) throw tooMany(PARTS);
  const json = serialized(expr);
  if (json === undefined) {
    throw new TaError(
      "a .ta expression cannot be combined with a function that polars cannot serialize; compute one of the two in a column first",
    );
  }
  const excess = excessOf(json);
  if (excess !== undefined) throw tooMany(excess);
  return treeOf(json.toString(), expr);
}

/** An expression as a tree; undefined if it is too large, or contains a JavaScript function. */
export function tryTree(expr: NativeExpr): Tree | undefined {
  const json = isTooLarge(expr) ? undefined : serialized(expr);
  if (json === undefined || excessOf(json) !== undefined) return undefined;
  return treeOf(json.toString(), expr);
}

function serialized(expr: NativeExpr): Uint8Array | undefined {
  try {
    return expr.serialize("json");
  } catch {
    return undefined;
  }
}

/** What an expression has too many of, if anything, from its bytes alone. */
function excessOf(json: Uint8Array): string | undefined {
  let [levels, objects] = [0, 0];
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case OBJECT:
        objects += 1;
        if (objects > MOST_OBJECTS) return PARTS;
        levels += 1;
        break;
      case LIST:
        levels += 1;
        break;
      case OBJECT_END:
      case LIST_END:
        levels -= 1;
    }
    if (levels > MOST_LEVELS) return "so many operators inside each other";
  }
  return undefined;
}

const [QUOTE, BACKSLASH, OBJECT, OBJECT_END, LIST, LIST_END] = Buffer.from('"\\{}[]');

function endOfString(json: Uint8Array, start: number): number {
  let end = start;
  let escapes: number;
  do {
    end = json.indexOf(QUOTE as number, end + 1);
    escapes = 0;
    while (json[end - 1 - escapes] === BACKSLASH) escapes += 1;
  } while (escapes % 2 === 1);
  return end;
}

function treeOf(json: string, expr: NativeExpr): Tree {
  const tree = parse(json.replaceAll(FLOATS, exactFloats(expr)));
  if (!json.includes(MARK)) return tree;
  const reader = new Reader();
  return replace(tree, (node) => {
    const name = columnName(node);
    return name?.startsWith(MARK) ? new Placeholder(reader.read(name)) : undefined;
  });
}

/**
 * Replaces numbers that JSON would change: NaN, infinities, and those with more digits than polars'
 * JSON parser reads exactly. They become texts, which polars parses exactly.
 */
function exactFloats(expr: NativeExpr): (literal: string, digits: string) => string {
  let left: number[] | undefined;
  return (literal, digits) => {
    if (digits === "null") left ??= nonFinite(expr.toJs());
    const text = digits === "null" ? String(left?.shift()).replace("Infinity", "inf") : digits;
    const [mantissa = "", exponent = "0"] = text.split("e");
    const short = mantissa.replace(/\D/g, "").length <= 15 && Math.abs(Number(exponent)) <= 7;
    if (digits !== "null" && short) return literal;
    return JSON.stringify(floatFromText(text));
  };
}

/** A tree as an expression again. */
export function fromTree(tree: Tree): NativeExpr {
  const written = replace(tree, (node) => {
    const request = requestOf(node);
    return request && column(encode(request));
  });
  return native.JsExpr.deserialize(Buffer.from(JSON.stringify(written)), "json");
}
