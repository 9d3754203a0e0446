/** The order of bars in time. */

import { TaError } from "../core/errors.js";
import { sentence, type Words } from "../core/sentence.js";
import type { Keys } from "./keys.js";
import type { Times } from "./times.js";

const AMEND: Words = {
  program: "use replace to amend it",
  shell: "take it as the next state of that bar with --replace",
};

const CORRECT: Words = {
  program: "use replace to correct a bar",
  shell: "take it as a correction with --replace",
};

const KEEP_BARS: Words = {
  program: "open the stream with amend to correct bars",
  shell: "take it as a correction with --amend, the number of bars that can be corrected",
};

const moreThan = (amend: number): Words => ({
  program: `open the stream with amend greater than ${amend}`,
  shell: `give --amend more than ${amend}`,
});

/** Checks the times of bars against the newest bar of their key. */
export class Order {
  /** The time of the newest bar of each key, by its number; NaN if it has none. */
  newest: number[] = [];

  constructor(
    readonly keys: Keys,
    readonly times: Times,
    readonly amend: number,
  ) {}

  /** Throws unless a bar is later than the newest of its key. */
  checkLater(number: number, time: number): void {
    const newest = this.newest[number] as number;
    if (!(time <= newest)) return;
    const than = `the newest bar${this.keys.after(number)}`;
    const given = this.times.shown(time);
    const known = this.times.shown(newest);
    throw new TaError(
      time === newest
        ? sentence`stream: ${than} has the time ${known} already; ${AMEND}`
        : sentence`stream: the bar of ${given} is older than ${than}, ${known}; ${this.amend > 0 ? CORRECT : KEEP_BARS}`,
    );
  }

  /** The newest times after some bars. Throws unless each is later than the one before. */
  checkAll(series: Uint32Array, times: Float64Array | undefined, isLong: boolean): number[] {
    if (times === undefined) return this.newest;
    const newest = [...this.newest];
    for (let row = 0; row < series.length; row++) {
      const number = series[row] as number;
      const time = times[row] as number;
      const before = newest[number] as number;
      if (time <= before) {
        const at = isLong ? ` in row ${row}` : "";
        const [given, known] = [time, before].map((each) => this.times.shown(each));
        throw new TaError(
          `stream: the bar${this.keys.after(number)}${at}, ${given}, is not later than the one before, ${known}`,
        );
      }
      newest[number] = time;
    }
    return newest;
  }

  /**
   * Throws unless a bar that replaces one is between its neighbours in time.
   *
   * @param kept The times of the bars that can be replaced, the oldest first.
   * @param oldest The time of the bar before them; NaN if there is none.
   */
  checkBetween(
    number: number,
    time: number,
    back: number,
    kept: readonly number[],
    oldest: number,
  ): void {
    const place = kept.length - 1 - back;
    const refuse = (side: string, known: number) => {
      throw new TaError(
        `stream: the bar${this.keys.after(number)} of ${this.times.shown(time)} is not ${side} it, ${this.times.shown(known)}; give the bar that is ${back} back with its own time`,
      );
    };
    const before = place === 0 ? oldest : kept[place - 1];
    if (before !== undefined && time <= before) refuse("later than the one before", before);
    const after = kept[place + 1];
    if (after !== undefined && time >= after) refuse("earlier than the one after", after);
  }

  /**
   * How many bars back the bar with a time is.
   *
   * @param kept The times of the bars that can be replaced, the oldest first.
   */
  back(number: number, time: number, kept: () => readonly number[]): number {
    const newest = this.newest[number] as number;
    if (Number.isNaN(time) || Number.isNaN(newest) || time === newest) return 0;
    const given = this.times.shown(time);
    const bar = `bar${this.keys.after(number)}`;
    if (time > newest) {
      throw new TaError(
        `stream: there is no ${bar} with the time ${given} to replace, the newest is of ${this.times.shown(newest)}; use update`,
      );
    }
    const times = kept();
    const place = times.lastIndexOf(time);
    if (place >= 0) return times.length - 1 - place;
    const oldest = times[0] as number;
    if (time > oldest)
      throw new TaError(`stream: there is no ${bar} with the time ${given} to replace`);
    throw new TaError(
      sentence`stream: the ${bar} of ${given} is too far back, the oldest that can be replaced is of ${this.times.shown(oldest)}; ${moreThan(this.amend)}, or warm up again from corrected bars`,
    );
  }
}
