/** The times of bars: which field it is, and whether a bar is in order. */

import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { unknownColumn } from "../core/unknown.js";
import { isNamedTime, mostUsual } from "../times/choose.js";
import type { Bar } from "./fields.js";

/** A date, or a date with a time and perhaps a zone, as ISO 8601 writes them. */
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The milliseconds of a text; undefined if it is no ISO time. Without a zone it is UTC. */
export function instantOf(text: string): number | undefined {
  const [, time, , , zone] = ISO.exec(text) ?? [undefined];
  if (!ISO.test(text)) return undefined;
  const written = text.replace(" ", "T");
  const ms = Date.parse(time !== undefined && zone === undefined ? `${written}Z` : written);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A time as a number: milliseconds of Dates and texts, numbers as they are. */
export function timeNumber(value: unknown): number | undefined {
  if (value instanceof Date) {
    const ms = value.getTime();
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") return instantOf(value);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** What a snapshot keeps of the times. */
export interface KeptTimes {
  readonly name?: string | false | undefined;
  readonly form?: "instant" | "number" | undefined;
}

/** The field of the times. */
export class Times {
  /**
   * The name of the field: undefined until the first bar, false if there is none. How times are
   * written: undefined until the first bar.
   */
  #kept: KeptTimes;

  constructor(asked: string | false | undefined) {
    this.#kept = { name: asked };
  }

  /** The name of the field, if it is known and there is one. */
  get name(): string | undefined {
    return this.#kept.name || undefined;
  }

  /** What is known, which {@link Times.restore} takes. */
  get kept(): KeptTimes {
    return this.#kept;
  }

  /** Takes over what was known before, or what a snapshot keeps. */
  restore(kept: KeptTimes): void {
    this.#kept = kept;
  }

  /** Finds the field among the names that bars have, as the column of a frame is found. */
  find(columns: readonly string[], first: (name: string) => unknown): void {
    if (this.#kept.name !== undefined) return;
    const [named] = mostUsual(columns);
    const typed = columns.filter((name) => first(name) instanceof Date);
    const counted = columns.filter((name) => isNamedTime(name, first(name)));
    const [only, ...more] = typed.length > 0 ? typed : counted;
    const name = named ?? (more.length === 0 ? only : undefined) ?? false;
    this.#kept = { ...this.#kept, name };
  }

  /** Sets the field and the form of its values, as a frame has them. */
  set(name: string | undefined, form: "instant" | "number"): void {
    this.#kept = { name: name ?? false, form };
  }

  /** The time of a bar; NaN if bars have none. */
  of(bar: Bar): number {
    if (this.#kept.name === undefined) {
      this.find(Object.keys(bar), (name) => bar[name]);
    }
    const { name } = this.#kept;
    if (!name) return Number.NaN;
    return this.value(bar[name], () => Object.keys(bar));
  }

  /** A time as a number. */
  value(given: unknown, columns: () => readonly string[]): number {
    const name = this.#kept.name as string;
    if (given === undefined) {
      const wrong = `stream: the bar has no "${name}", which is the time of the bars before`;
      throw new TaError(unknownColumn(wrong, name, columns(), { has: "it has" }));
    }
    const time = timeNumber(given);
    if (time === undefined) {
      throw new TaError(
        `stream: ${name} must be a Date, a number or an ISO text such as "2024-01-31T15:30:00Z", got ${describe(given)}`,
      );
    }
    const form = typeof given === "number" || typeof given === "bigint" ? "number" : "instant";
    const before = this.#kept.form;
    if (before === undefined) this.#kept = { ...this.#kept, form };
    else if (form !== before && !isMilliseconds(time)) {
      throw new TaError(
        `stream: ${name} is ${describe(given)}, where the bars before had ${before === "number" ? "numbers" : "Dates or texts"}; give all times in one form`,
      );
    }
    return time;
  }

  /** A time for messages. */
  shown(time: number): string {
    return this.#kept.form === "instant" || isMilliseconds(time)
      ? new Date(time).toISOString()
      : String(time);
  }
}

/** Whether a number is, by its size, an instant from 1973 on in milliseconds. */
const isMilliseconds = (time: number): boolean => time >= 1e11 && time < 1e13;
