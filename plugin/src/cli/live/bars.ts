/** Takes bars as they come: the next one, a replacement, or one that the stream has already. */

import { TaError } from "../../core/errors.js";
import type { Bar, LiveStream } from "../../live/index.js";
import type { Keep } from "../../pipeline/config.js";
import { RowTexts } from "./rows.js";

/** How bars are taken. */
export interface TakeOptions {
  /** Whether a bar with a time that its key has already replaces that bar. */
  readonly replace: boolean;
  readonly keep: Keep | undefined;
}

const NO_TIME =
  "--replace finds the bar to replace by its time, and no field of the bar is known to be one; say which it is with --time";

/** Bars for a stream. */
export class Bars {
  readonly #live: LiveStream;
  readonly #rows: RowTexts;
  readonly #replace: boolean;
  /**
   * The series of which no bar has come that is later than those at the start. Input may be
   * repeated after a restart, so their older bars are known, and no error.
   */
  readonly #begun: Set<number>;
  #known = 0;

  constructor(live: LiveStream, { replace, keep }: TakeOptions) {
    this.#live = live;
    this.#rows = new RowTexts(live, keep);
    this.#replace = replace;
    this.#begun = new Set(live.series);
  }

  /** The number of bars left out because the stream had them at the start. */
  get known(): number {
    return this.#known;
  }

  /** Takes a bar; returns its row, or undefined if the stream has it already. */
  take(bar: Bar): string | undefined {
    const live = this.#live;
    const place = live.place(bar);
    const { series, time, newest, back } = place;
    if (this.#replace && Number.isNaN(time)) throw new TaError(NO_TIME);
    if (!(time <= newest)) {
      const row = live.update(bar);
      if (series !== undefined) this.#begun.delete(series);
      return this.#rows.of(bar, row, place);
    }
    const known = series !== undefined && this.#begun.has(series);
    if (known && (back === undefined || !this.#replace)) {
      this.#known += 1;
      return undefined;
    }
    const row = this.#replace ? live.replace(bar) : live.update(bar);
    return this.#rows.of(bar, row, place);
  }
}
