/** The file with the state of a stream. */

import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { checkWritable, writeWhole } from "../../files/whole.js";
import type { LiveStream } from "../../live/index.js";
import { UsageError } from "../text.js";

/** When to save: after a number of bars, or of milliseconds. */
export type Every = { readonly bars: number } | { readonly ms: number };

/** Parses `1000` or `10s`. */
export function parseEvery(text: string): Every {
  const [, digits, unit] = /^(\d+)(s?)$/.exec(text.trim()) ?? [];
  const amount = Number(digits);
  if (amount > 0 && amount < 1e6) return unit === "s" ? { ms: amount * 1000 } : { bars: amount };
  throw new UsageError(
    `--every must be a number of bars such as 1000, or of seconds such as 10s, got "${text}"`,
  );
}

/** The bytes of a state; undefined if there is none yet. Throws if none could be written. */
export function readState(path: string): Uint8Array | undefined {
  checkWritable(path);
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** Saves the state of a stream. The file is replaced as a whole, or stays what it is. */
export class State {
  readonly #path: string;
  readonly #live: LiveStream;
  readonly #every: Every;
  #timer: NodeJS.Timeout | undefined;
  #bars = 0;
  #due = false;
  #isSaved: boolean;
  #saving: Promise<void> = Promise.resolve();

  constructor(path: string, live: LiveStream, every: Every) {
    this.#path = path;
    this.#live = live;
    this.#every = every;
    this.#isSaved = existsSync(path);
  }

  /**
   * Begins to count the time.
   *
   * @param idle Whether rows of all bars are written, so that the state may be saved at once.
   * @param fail Called if that fails.
   */
  start(idle: () => boolean, fail: (error: Error) => void): void {
    const every = this.#every;
    if (!("ms" in every)) return;
    this.#timer = setInterval(() => {
      this.#due = this.#bars > 0;
      if (this.#due && idle()) this.save().catch(fail);
    }, every.ms);
  }

  /** Counts a bar. */
  taken(): void {
    this.#bars += 1;
    if ("bars" in this.#every && this.#bars >= this.#every.bars) this.#due = true;
  }

  /** Whether it is time to save. */
  get due(): boolean {
    return this.#due;
  }

  /** Saves the state as it is now, unless the file has it already. */
  save(): Promise<void> {
    if (this.#bars === 0 && this.#isSaved) return this.#saving;
    const bytes = this.#live.snapshot();
    [this.#bars, this.#due, this.#isSaved] = [0, false, true];
    const write = (temporary: string) => writeFile(temporary, bytes);
    this.#saving = this.#saving.then(() => writeWhole(this.#path, write));
    return this.#saving;
  }

  /** Saves the state for the last time. */
  end(): Promise<void> {
    clearInterval(this.#timer);
    return this.save();
  }
}
