/** From texts to the language's trees. The parser is generated from `grammar.peggy`. */

import { createRequire } from "node:module";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import type { Feature, Span } from "./ast.js";
import { either, errorAt } from "./messages.js";

/** Characters of the longest text. */
export const MAX_LENGTH = 10_000;

/** Levels of parentheses, calls and prefixes, and operators of one kind in a row. */
export const MAX_DEPTH = 50;

interface Expectation {
  readonly type: "literal" | "class" | "any" | "end" | "other";
  readonly text?: string;
  readonly description?: string;
}

interface SyntaxError {
  readonly message: string;
  /** What could have stood there; none for an error that the grammar itself words. */
  readonly expected: readonly Expectation[] | null;
  readonly location: { readonly start: { offset: number }; readonly end: { offset: number } };
}

interface Parser {
  readonly SyntaxError: new () => SyntaxError;
  parse(text: string, options: { startRule: "Feature"; maxDepth: number }): Feature;
  parse(text: string, options: { startRule: "List"; maxDepth: number }): Feature[];
}

let loaded: Parser | undefined;

/** The parser, which is CommonJS so that it can be loaded when the first text comes. */
function parser(): Parser {
  loaded ??= createRequire(import.meta.url)("./generated/parser.cjs") as Parser;
  return loaded;
}

/** One expression, with its name if there is one: `close / sma(200) as trend`. */
export function parse(text: string): Feature {
  return reported(text, () => parser().parse(text, { startRule: "Feature", maxDepth: MAX_DEPTH }));
}

/** Expressions with commas between them: `rsi(14), macd, bbands(20, 2) as bb`. */
export function parseList(text: string): Feature[] {
  return reported(text, () => parser().parse(text, { startRule: "List", maxDepth: MAX_DEPTH }));
}

function reported<T>(text: unknown, work: () => T): T {
  if (typeof text !== "string") {
    throw new TaError(`an expression must be a string, got ${describe(text)}`);
  }
  if (text.length > MAX_LENGTH) {
    throw new TaError(
      `an expression has at most ${MAX_LENGTH} characters, this one has ${text.length}`,
    );
  }
  try {
    return work();
  } catch (error) {
    if (!(error instanceof parser().SyntaxError)) throw error;
    const { start, end } = error.location;
    throw explained(text, error, { start: start.offset, end: end.offset });
  }
}

function explained(text: string, error: SyntaxError, at: Span): TaError {
  if (error.expected === null) return errorAt(text, at, error.message);
  const found = wordAt(text, at.start);
  const there = found === "" ? "the text ends" : `"${found}" stands`;
  const wanted = either(expectations(error.expected));
  return errorAt(
    text,
    { start: at.start, end: at.start + found.length },
    `${there} where ${wanted} is expected`,
  );
}

/** The whole word at a place, or the one character. */
function wordAt(text: string, start: number): string {
  const rest = text.slice(start);
  return /^[\p{L}\p{M}\p{N}_]+/u.exec(rest)?.[0] ?? [...rest][0] ?? "";
}

/** What could have stood there, in few words. */
function expectations(expected: readonly Expectation[]): string[] {
  const words = new Set<string>();
  for (const { type, text, description } of expected) {
    if (description === "white space") continue;
    if (type === "end") words.add("the end");
    else if (type === "other") words.add(description ?? "");
    else if (type === "literal") words.add(LITERALS[text ?? ""] ?? `"${text}"`);
  }
  // A value may be many things, and any name may be called.
  if (words.has("a value")) for (const word of ["a name", '"-"']) words.delete(word);
  words.delete('"("');
  return [...words].sort((a, b) => rank(a) - rank(b));
}

/** Literals of the grammar that a sentence calls something else. */
const LITERALS: Readonly<Record<string, string>> = {
  col: "a value",
  true: "a value",
  false: "a value",
  "!": "a value",
  ".": "an operator",
};

/** Quoted marks last, the end before them. */
const rank = (word: string): number => (word.startsWith('"') ? 2 : word === "the end" ? 1 : 0);
