/** Writes the row of a bar as JSON. */

import { TaError } from "../../core/errors.js";
import { sentence, setting } from "../../core/sentence.js";
import { unknownColumn } from "../../core/unknown.js";
import type { Place } from "../../live/bar.js";
import type { Bar, LiveRow, LiveStream } from "../../live/index.js";
import type { Keep } from "../../pipeline/config.js";

/** Writes rows: fields of the bar, then the features. */
export class RowTexts {
  constructor(
    readonly live: LiveStream,
    /** The fields of the bar. Default: key and time. */
    readonly keep: Keep | undefined,
  ) {}

  /** The row of a bar. That of a correction is the row of the newest bar, with its time. */
  of(bar: Bar, row: LiveRow, { back = 0, newest }: Place): string {
    const time = this.live.timeField;
    const fields = this.#fields(bar, back > 0);
    const parts = fields.map((name) => {
      const value = bar[name];
      return member(name, back > 0 && name === time ? timeLike(value, newest) : value);
    });
    for (const name in row) parts.push(member(name, row[name]));
    return `{${parts.join(",")}}\n`;
  }

  #fields(bar: Bar, isCorrection: boolean): string[] {
    const { live, keep } = this;
    const { over, timeField: time, columns } = live;
    const own = time === undefined ? over : [...over, time];
    const names = keep === undefined ? own : this.#kept(bar, keep);
    // The other fields of a correction are not those of the newest bar. A feature replaces a field.
    return names.filter((name) => !columns.includes(name) && (!isCorrection || own.includes(name)));
  }

  #kept(bar: Bar, keep: Keep): readonly string[] {
    if (keep === "none") return [];
    const names = Object.keys(bar);
    if (keep === "all") return names;
    const missing = keep.find((name) => !names.includes(name));
    if (missing === undefined) return keep;
    const wrong = sentence`${setting("keep")} is "${missing}", which the bar does not have`;
    throw new TaError(unknownColumn(wrong, missing, names, { has: "it has" }));
  }
}

/** A time, written as another one is. */
function timeLike(given: unknown, time: number): unknown {
  if (typeof given !== "string") return time;
  const text = new Date(time).toISOString();
  return given.includes(":") ? text : text.slice(0, 10);
}

const member = (name: string, value: unknown): string => `${JSON.stringify(name)}:${json(value)}`;

/** A value as JSON. `JSON.stringify` would lose the sign of zero. */
function json(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const members = Object.entries(value).map(([name, inner]) => member(name, inner));
  return `{${members.join(",")}}`;
}
