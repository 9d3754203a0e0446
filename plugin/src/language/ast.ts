/** The expression language as data: what a text says, before anything is looked up. */

/** A stretch of a text, in UTF-16 units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type UnaryOperator = "-" | "not";

export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "**";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type Logic = "and" | "or";
export type BinaryOperator = Arithmetic | Comparison | Logic;

/** An argument of a call; without a name it counts by its place. */
export interface Argument {
  readonly name?: string;
  readonly value: Node;
  readonly at: Span;
}

/** A part of an expression. */
export type Node = { readonly at: Span } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A bare word: a column, an indicator or a word of a parameter, as its place has it. */
  | { readonly kind: "name"; readonly name: string }
  /** A column in backticks or `col("...")`. */
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: "field"; readonly of: Node; readonly name: string }
  | { readonly kind: "unary"; readonly op: UnaryOperator; readonly of: Node }
  | {
      readonly kind: "binary";
      readonly op: BinaryOperator;
      readonly left: Node;
      readonly right: Node;
    }
);

/** An expression and the name that its text gives it. */
export interface Feature {
  readonly expr: Node;
  readonly as?: string;
  readonly at: Span;
}
