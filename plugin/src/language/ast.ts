/** The syntax tree of the expression language, before names are looked up. */

/** A range of a text in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type UnaryOperator = "-" | "not";

export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "**";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type Logic = "and" | "or";
export type BinaryOperator = Arithmetic | Comparison | Logic;

/** An argument of a call; positional if it has no name. */
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
  /** A bare word: a column, an indicator or a parameter's value, depending on its position. */
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

/** An expression, and its name if the text has `as`. */
export interface Feature {
  readonly expr: Node;
  readonly as?: string;
  readonly at: Span;
}
