/** Parses texts of the expression language. The parser is generated from `grammar.peggy`. */

import { createRequire } from "node:module";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import type { Feature, Span } from "./ast.js";
import { either, errorAt } from "./messages.js";

/** Most characters of a text. */
export const MAX_LENGTH = 10_000;

/** Most levels of nesting, and most operators of one kind in a row. */
export const MAX_DEPTH = 50;

interface Expectation {
  readonly type: "literal" | "class" | "any" | "end" | "other";
  readonly text?: string;
  readonly description?: string;
}

interface SyntaxError {
  readonly message: string;
  /** What could be there instead; null if the grammar has its own message. */
  readonly expected: readonly Expectation[] | null;
  readonly location: { readonly start: { offset: number }; readonly end: { offset: number } };
}

interface Parser {
  readonly SyntaxError: new () => SyntaxError;
  parse(text: string, options: { startRule: "Feature"; maxDepth: number }): Feature;
  parse(text: string, options: { startRule: "List"; maxDepth: number }): Feature[];
}

let loaded: Parser | undefined;

/** The parser. It is CommonJS, so that it can be loaded synchronously on first use. */
function parser(): Parser {
  loaded ??= createRequire(import.meta.url)("./generated/parser.cjs") as Parser;
  return loaded;
}

/** Parses one expression, perhaps with a name: `close / sma(200) as trend`. */
export function parse(text: string): Feature {
  return reported(text, () => parser().parse(text, { startRule: "Feature", maxDepth: MAX_DEPTH }));
}

/** Parses expressions separated by commas: `rsi(14), macd, bbands(20, 2) as bb`. */
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

/** The word at a position, or the one character. */
function wordAt(text: string, start: number): string {
  const rest = text.slice(start);
  return /^[\p{L}\p{M}\p{N}_]+/u.exec(rest)?.[0] ?? [...rest][0] ?? "";
}

/** Short names for what could be there. */
function expectations(expected: readonly Expectation[]): string[] {
  const words = new Set<string>();
  for (const { type, text, description } of expected) {
    if (description === "white space") continue;
    if (type === "end") words.add("the end");
    else if (type === "other") words.add(description ?? "");
    else if (type === "literal") words.add(LITERALS[text ?? ""] ?? `"${text}"`);
  }
  // "A value" includes names and minus; "(" after a name is not worth mentioning.
  if (words.has("a value")) for (const word of ["a name", '"-"']) words.delete(word);
  words.delete('"("');
  return [...words].sort((a, b) => rank(a) - rank(b));
}

/** Names for literals of the grammar. */
const LITERALS: Readonly<Record<string, string>> = {
  col: "a value",
  true: "a value",
  false: "a value",
  "!": "a value",
  ".": "an operator",
};

/** Order in the message: words, the end, quoted characters. */
const rank = (word: string): number => (word.startsWith('"') ? 2 : word === "the end" ? 1 : 0);
