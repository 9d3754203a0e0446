/** Cuts text that comes in chunks into lines. */

import { TaError } from "../../core/errors.js";

/** A line, and its number from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/** Most characters in a line, so that input without line breaks cannot fill the memory. */
const MOST = 2 ** 20;

/** The lines of a text; what comes after the last line break waits for more. */
export class Lines {
  #rest = "";
  #number = 0;

  /** The lines that a chunk completes. Lines with nothing but spaces are left out. */
  *of(chunk: string): Generator<Line> {
    const texts = (this.#rest + chunk).split("\n");
    this.#rest = texts.pop() ?? "";
    for (const text of texts) yield* this.#line(text);
    if (this.#rest.length <= MOST) return;
    const most = MOST.toLocaleString("en-US");
    throw new TaError(`line ${this.#number + 1} is longer than ${most} characters`);
  }

  /** The last line, if no line break ends it. */
  *end(): Generator<Line> {
    yield* this.#line(this.#rest);
    this.#rest = "";
  }

  *#line(text: string): Generator<Line> {
    this.#number += 1;
    const marked = this.#number === 1 && text.startsWith("\ufeff");
    const line = (marked ? text.slice(1) : text).trim();
    if (line !== "") yield { text: line, number: this.#number };
  }
}
