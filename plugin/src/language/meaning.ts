/** Bound expressions: their names are looked up in the catalog. Needs no polars. */

import type { CheckedCall } from "../core/arguments.js";
import type { IndicatorMeta } from "../core/catalog.js";
import type { Missing } from "../core/types.js";
import type { BinaryOperator, UnaryOperator } from "./ast.js";

/** The kind of an expression's values; `any` for a column, whose type depends on the frame. */
export type Kind = "number" | "condition" | "text" | "any";

/** A call of an indicator. */
export interface IndicatorCall {
  readonly kind: "call";
  readonly meta: IndicatorMeta;
  readonly checked: CheckedCall;
  readonly missing: Missing | undefined;
  /** In the order of the indicator's input slots. */
  readonly inputs: readonly Meaning[];
}

/** A column of the frame. */
export interface Column {
  readonly kind: "column";
  readonly name: string;
  /** Set if the text does not name the column: an input reads it by default. */
  readonly usual?: true;
}

/** A bound expression. */
export type Meaning =
  | { readonly kind: "constant"; readonly value: number | boolean | string }
  | Column
  | IndicatorCall
  | { readonly kind: "field"; readonly of: Meaning; readonly name: string }
  | { readonly kind: "unary"; readonly op: UnaryOperator; readonly of: Meaning }
  | {
      readonly kind: "binary";
      readonly op: BinaryOperator;
      readonly left: Meaning;
      readonly right: Meaning;
    };

/** Whether an expression has several outputs. */
export const isStruct = (meaning: Meaning): meaning is IndicatorCall =>
  meaning.kind === "call" && meaning.meta.outputs.length > 1;

const ARITHMETIC = ["+", "-", "*", "/", "%", "**"];

export const isArithmetic = (op: BinaryOperator): boolean => ARITHMETIC.includes(op);

export const isLogic = (op: BinaryOperator): op is "and" | "or" => op === "and" || op === "or";

export function kindOf(meaning: Meaning): Kind {
  switch (meaning.kind) {
    case "constant":
      if (typeof meaning.value === "string") return "text";
      return typeof meaning.value === "boolean" ? "condition" : "number";
    case "column":
      return "any";
    case "call":
      return outputKind(meaning.meta.outputs[0]?.dtype);
    case "field": {
      if (meaning.of.kind !== "call") return "any";
      const output = meaning.of.meta.outputs.find(({ name }) => name === meaning.name);
      return outputKind(output?.dtype);
    }
    case "unary":
      return meaning.op === "not" ? "condition" : "number";
    case "binary":
      return isArithmetic(meaning.op) ? "number" : "condition";
  }
}

const outputKind = (dtype: string | undefined): Kind =>
  dtype === "Boolean" ? "condition" : "number";

/** The direct parts of an expression. */
export function parts(meaning: Meaning): readonly Meaning[] {
  switch (meaning.kind) {
    case "constant":
    case "column":
      return [];
    case "call":
      return meaning.inputs;
    case "field":
    case "unary":
      return [meaning.of];
    case "binary":
      return [meaning.left, meaning.right];
  }
}

/** Replaces the usual columns in an expression. */
export function withUsual(
  meaning: Meaning,
  find: (column: Column, meta: IndicatorMeta) => string,
): Meaning {
  const inside = (part: Meaning) => withUsual(part, find);
  switch (meaning.kind) {
    case "constant":
    case "column":
      return meaning;
    case "call": {
      const { meta, inputs } = meaning;
      const found = inputs.map((input) =>
        input.kind === "column" && input.usual
          ? ({ kind: "column", name: find(input, meta) } as const)
          : inside(input),
      );
      return { ...meaning, inputs: found };
    }
    case "field":
    case "unary":
      return { ...meaning, of: inside(meaning.of) };
    case "binary":
      return { ...meaning, left: inside(meaning.left), right: inside(meaning.right) };
  }
}

/**
 * The number of parts of an expression, with `inputs` written out. `known` caches the sizes of
 * expressions that occur several times.
 */
export function sizeOf(meaning: Meaning, known = new Map<Meaning, number>()): number {
  const counted = known.get(meaning);
  if (counted !== undefined) return counted;
  const size = parts(meaning).reduce((sum, part) => sum + sizeOf(part, known), 1);
  known.set(meaning, size);
  return size;
}

/** All parts of expressions, equal ones once, inputs first. */
export function distinctParts(meanings: readonly Meaning[]): Meaning[] {
  const numbers = new Map<Meaning, number>();
  const found = new Map<string, Meaning>();
  const known = new Map<string, number>();
  const numberOf = (meaning: Meaning): number => {
    const counted = numbers.get(meaning);
    if (counted !== undefined) return counted;
    const key = JSON.stringify([own(meaning), parts(meaning).map(numberOf)]);
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    if (!found.has(key)) found.set(key, meaning);
    numbers.set(meaning, number);
    return number;
  };
  meanings.forEach(numberOf);
  return [...found.values()];
}

/** The content of an expression without its parts. */
function own(meaning: Meaning): unknown[] {
  switch (meaning.kind) {
    case "constant":
      return [meaning.kind, typeof meaning.value, String(meaning.value)];
    case "column":
      return [meaning.kind, meaning.name, meaning.usual === true];
    case "field":
      return [meaning.kind, meaning.name];
    case "call":
      return [meaning.kind, meaning.checked.id, meaning.checked.params, meaning.missing];
    case "unary":
    case "binary":
      return [meaning.kind, meaning.op];
  }
}

/** All indicators in an expression, inputs first. */
export function calls(meaning: Meaning): IndicatorCall[] {
  const inner = parts(meaning).flatMap(calls);
  return meaning.kind === "call" ? [...inner, meaning] : inner;
}

/** The columns of the frame that an expression reads. */
export function columnsOf(meaning: Meaning): Set<string> {
  if (meaning.kind === "column") return new Set([meaning.name]);
  return new Set(parts(meaning).flatMap((part) => [...columnsOf(part)]));
}
