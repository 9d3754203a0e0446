/** Reads bars, writes their rows, and saves the state in between. */

import type { Readable } from "node:stream";
import { TaError } from "../../core/errors.js";
import type { Bar } from "../../live/index.js";
import { writeOutput } from "../output.js";
import type { Bars } from "./bars.js";
import { type Line, Lines } from "./lines.js";
import type { State } from "./state.js";
import { inLive } from "./words.js";

/** Characters of rows that are written at once, if the input is fast. */
const LARGE = 2 ** 16;

/** What a session works with. */
export interface Parts {
  readonly input: Readable;
  /** The name of the input in messages. */
  readonly name: string;
  readonly bars: Bars;
  readonly state: State | undefined;
  /** Called with the message about a line that is left out; without it such a line ends the run. */
  readonly onError: ((message: string) => void) | undefined;
}

/** A run of the command. */
export class Session {
  readonly #parts: Parts;
  readonly #lines = new Lines();
  #rows = 0;
  #errors = 0;
  /** Rows to write. */
  #text = "";
  #isBusy = false;
  #signal: NodeJS.Signals | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The number of rows. */
  get rows(): number {
    return this.#rows;
  }

  /** The number of lines left out because of an error. */
  get errors(): number {
    return this.#errors;
  }

  /** The signal that stopped the run. */
  get signal(): NodeJS.Signals | undefined {
    return this.#signal;
  }

  /** Ends the run after the bars that are read already. */
  stop(signal: NodeJS.Signals): void {
    this.#signal = signal;
    this.#parts.input.destroy();
  }

  /** Takes all bars. However that ends, the state of the bars that were taken is saved. */
  async run(): Promise<void> {
    const { input, state } = this.#parts;
    state?.start(
      () => !this.#isBusy,
      (error) => input.destroy(error),
    );
    try {
      await this.#takeAll(input);
    } finally {
      await state?.end();
    }
  }

  async #takeAll(input: Readable): Promise<void> {
    input.setEncoding("utf8");
    try {
      for await (const chunk of input) {
        await this.#take(this.#lines.of(chunk as string));
        if (this.#signal) return;
      }
    } catch (error) {
      // A destroyed stream ends with an error.
      const isStopped = (error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE";
      if (this.#signal && isStopped) return;
      throw error;
    }
    if (!this.#signal) await this.#take(this.#lines.end());
  }

  /** Takes lines and writes their rows. A state that is saved is never ahead of the rows. */
  async #take(lines: Iterable<Line>): Promise<void> {
    const { state } = this.#parts;
    this.#isBusy = true;
    try {
      for (const line of lines) {
        this.#line(line);
        if (state?.due || this.#text.length > LARGE) await this.#write();
        if (state?.due) await state.save();
      }
    } finally {
      await this.#write();
      this.#isBusy = false;
    }
    if (state?.due) await state.save();
  }

  #line({ text, number }: Line): void {
    const { bars, state, name, onError } = this.#parts;
    try {
      const row = bars.take(read(text));
      if (row === undefined) return;
      this.#text += row;
      this.#rows += 1;
      state?.taken();
    } catch (error) {
      const message = `${name}, line ${number}: ${inLive(error)}`;
      if (!onError) throw new TaError(message);
      this.#errors += 1;
      onError(message);
    }
  }

  async #write(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    if (text !== "") await writeOutput(text);
  }
}

/** Characters of a line that a message shows. */
const SHOWN = 40;

/** The bar in a line. */
function read(text: string): Bar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
    throw new TaError(`a bar is a JSON object in one line, got ${shown}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Bar;
  throw new TaError(`a bar is an object of fields by name, got ${JSON.stringify(value)}`);
}
