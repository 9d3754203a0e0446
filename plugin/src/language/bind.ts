/** Looks up the names of a text. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import type { Missing } from "../core/types.js";
import { ask } from "./ask.js";
import { inputsIn, type Meaning, meaningIn, type Written } from "./meaning.js";

/** What an expression can use besides the catalog. */
export interface Names {
  /** Expressions that bare words stand for. */
  readonly inputs?: Readonly<Record<string, string | number>>;
  /** The missing policy of calls that do not name one. */
  readonly missing?: Missing | undefined;
  /** The indicators that may use later rows. Default: all. */
  readonly allow?: readonly string[];
}

/** A bound expression with its name. */
export interface Bound {
  readonly name: string;
  readonly meaning: Meaning;
}

/** Most texts whose meaning is kept. */
const MOST = 1_000;

const known = new Map<string, Bound>();

/** Parses and binds a text. The meaning of a text alone is kept. */
export function bindText(text: string, names: Names = {}): Bound {
  if (typeof text !== "string") {
    throw new TaError(`an expression must be a string, got ${describe(text)}`);
  }
  const { inputs = {}, missing, allow } = names;
  const key = JSON.stringify([text, inputs, missing, allow]);
  const found = known.get(key);
  if (found) return found;
  const answer = ask<{ name: string; meaning: Written; inputs: Record<string, Written> }>({
    ask: "expression",
    text,
    inputs,
    missing,
    allow,
  });
  const meaning = meaningIn(answer.meaning, inputsIn(answer.inputs));
  const bound = { name: answer.name, meaning };
  if (known.size === MOST) known.clear();
  known.set(key, bound);
  return bound;
}
