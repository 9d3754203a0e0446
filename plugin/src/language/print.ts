/** Prints the canonical text of an expression: uniform spaces, no unnecessary parentheses. */

import type { Argument, BinaryOperator, Feature, Node } from "./ast.js";

/** The precedence of operators, as in the grammar. */
const LEVEL: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "==": 4,
  "!=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  "**": 8,
};
const NOT = 3;
const MINUS = 7;
const POSTFIX = 9;

function levelOf(node: Node): number {
  if (node.kind === "binary") return LEVEL[node.op];
  if (node.kind === "unary") return node.op === "not" ? NOT : MINUS;
  return POSTFIX;
}

/** The least precedence that the left and the right operand need without parentheses. */
function operands(op: BinaryOperator): readonly [number, number] {
  const level = LEVEL[op];
  if (op === "**") return [POSTFIX, MINUS];
  // Comparisons do not chain; the others group from the left.
  return level === LEVEL["<"] ? [level + 1, level + 1] : [level, level + 1];
}

/** Prints a part of an expression. */
export function print(node: Node): string {
  switch (node.kind) {
    case "number":
    case "boolean":
      return String(node.value);
    case "string":
      return JSON.stringify(node.value);
    case "name":
      return node.name;
    case "column":
      return quotedColumn(node.name);
    case "call":
      return `${node.name}(${node.args.map(printArgument).join(", ")})`;
    case "field":
      return `${within(node.of, POSTFIX)}.${printName(node.name)}`;
    case "unary":
      return node.op === "not" ? `not ${within(node.of, NOT)}` : `-${within(node.of, MINUS)}`;
    case "binary": {
      const [left, right] = operands(node.op);
      return `${within(node.left, left)} ${node.op} ${within(node.right, right)}`;
    }
  }
}

const printArgument = ({ name, value }: Argument): string =>
  name === undefined ? print(value) : `${name}=${print(value)}`;

const within = (node: Node, level: number): string =>
  levelOf(node) < level ? `(${print(node)})` : print(node);

/** Prints an expression with its name. */
export function printFeature({ expr, as }: Feature): string {
  return as === undefined ? print(expr) : `${print(expr)} as ${printName(as)}`;
}

const RESERVED = new Set(["and", "or", "not", "as", "true", "false"]);

/** Whether a name needs no quotes in an expression. */
export const isBare = (name: string): boolean =>
  /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name) && !RESERVED.has(name);

const inBackticks = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

/** Whether a name can be in backticks: without control characters. */
const fitsBackticks = (name: string): boolean => /^[^\p{Cc}]+$/u.test(name);

/** A column in quotes, so that its name cannot mean anything else. */
function quotedColumn(name: string): string {
  return fitsBackticks(name) ? inBackticks(name) : `col(${JSON.stringify(name)})`;
}

function printName(name: string): string {
  if (isBare(name)) return name;
  return fitsBackticks(name) ? inBackticks(name) : JSON.stringify(name);
}
