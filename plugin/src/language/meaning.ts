/** Bound expressions: their names are looked up in the catalog. Needs no polars. */

import type { CheckedCall } from "../core/arguments.js";
import { entry, type IndicatorMeta } from "../core/catalog.js";
import type { Missing } from "../core/types.js";

export type UnaryOperator = "-" | "not";

export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "**";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type Logic = "and" | "or";
export type BinaryOperator = Arithmetic | Comparison | Logic;

/** The kind of an expression's values; `any` for a column, whose type depends on the frame. */
export type Kind = "number" | "condition" | "text" | "any";

/** A call of an indicator. */
export interface IndicatorCall {
  readonly kind: "call";
  readonly meta: IndicatorMeta;
  readonly checked: CheckedCall;
  readonly missing?: Missing;
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

/** A number, a condition or a text. */
export interface Constant {
  readonly kind: "constant";
  readonly value: number | boolean | string;
}

/** One output of a call, or a field of a struct column. */
export interface Field<Part> {
  readonly kind: "field";
  readonly of: Part;
  readonly name: string;
}

/** An operator and its operand. */
export interface Unary<Part> {
  readonly kind: "unary";
  readonly op: UnaryOperator;
  readonly of: Part;
}

/** An operator between its operands. */
export interface Binary<Part> {
  readonly kind: "binary";
  readonly op: BinaryOperator;
  readonly left: Part;
  readonly right: Part;
}

/** What the two values of a choice are. */
type Values = "number" | "condition";

/** One of two expressions, row by row; null where the condition is. */
export interface If<Part> {
  readonly kind: "if";
  readonly when: Part;
  readonly value: Part;
  readonly otherwise: Part;
  readonly values: Values;
}

/** An expression, and another one where it is null. */
export interface Fill<Part> {
  readonly kind: "fill";
  readonly of: Part;
  readonly with: Part;
  readonly values: Values;
}

/** A bound expression. */
export type Meaning =
  | Constant
  | Column
  | IndicatorCall
  | Field<Meaning>
  | Unary<Meaning>
  | Binary<Meaning>
  | If<Meaning>
  | Fill<Meaning>;

/** A call as the addon writes it. */
interface WrittenCall extends Omit<IndicatorCall, "meta" | "inputs"> {
  readonly inputs: readonly Written[];
}

/** A word that stands for another expression. */
interface Input {
  readonly kind: "input";
  readonly name: string;
}

/** A bound expression as the addon writes it. */
export type Written =
  | Constant
  | Column
  | WrittenCall
  | Input
  | Field<Written>
  | Unary<Written>
  | Binary<Written>
  | If<Written>
  | Fill<Written>;

/** What words stand for. */
export type Inputs = ReadonlyMap<string, Meaning>;

/** What words stand for, as the addon writes it. */
export const inputsIn = (written: Readonly<Record<string, Written>>): Inputs =>
  new Map(Object.entries(written).map(([name, of]) => [name, meaningIn(of, new Map())]));

/** The expression that the addon has written. An input is the same object wherever it is read. */
export function meaningIn(written: Written, inputs: Inputs): Meaning {
  const inside = (part: Written) => meaningIn(part, inputs);
  switch (written.kind) {
    case "constant":
    case "column":
      return written;
    case "input":
      return inputs.get(written.name) as Meaning;
    case "call":
      return { ...written, meta: entry(written.checked.id), inputs: written.inputs.map(inside) };
    case "field":
    case "unary":
      return { ...written, of: inside(written.of) };
    case "binary":
      return { ...written, left: inside(written.left), right: inside(written.right) };
    case "if": {
      const { when, value, otherwise } = written;
      return { ...written, when: inside(when), value: inside(value), otherwise: inside(otherwise) };
    }
    case "fill":
      return { ...written, of: inside(written.of), with: inside(written.with) };
  }
}

const ARITHMETIC: readonly BinaryOperator[] = ["+", "-", "*", "/", "%", "**"];

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
      return ARITHMETIC.includes(meaning.op) ? "number" : "condition";
    case "if":
    case "fill":
      return meaning.values;
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
    case "if":
      return [meaning.when, meaning.value, meaning.otherwise];
    case "fill":
      return [meaning.of, meaning.with];
  }
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
    case "if":
    case "fill":
      return [meaning.kind, meaning.values];
  }
}
