/** Times of ticks: read from each form that they may have, and written in the same form. */

import { describe } from "../../core/arguments.js";
import { TaError } from "../../core/errors.js";

/** How a time is written; texts with an offset, without one, or without a time of day. */
export type Form = "date" | "milliseconds" | "nanoseconds" | "zoned" | "local" | "day";

/** The range of times, in milliseconds. */
const [FIRST, END] = [Date.UTC(1900, 0), Date.UTC(2100, 0)];

/** Milliseconds from here on cannot be taken for seconds, and nanoseconds not for microseconds. */
const [LEAST_MS, LEAST_NS] = [1e11, 100_000_000_000_000_000n];

const PER_MS = 1_000_000n;

const TIMES =
  'a Date, milliseconds since 1970 as a number, nanoseconds as a bigint, or text such as "2024-03-01T09:30:00Z"';

const TEXT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Reads a time into two numbers: milliseconds since 1970, and the nanoseconds after them.
 *
 * @param field The field of the time; error messages begin with it.
 * @param zoned Whether bars are made in a time zone, so that a text needs an offset.
 * @param to Where to write the numbers, from `at` on.
 */
export function readTime(
  field: string,
  value: unknown,
  zoned: boolean,
  to: Float64Array,
  at: number,
): Form {
  const form = readAny(field, value, zoned, to, at);
  const ms = to[at] ?? Number.NaN;
  if (ms >= FIRST && ms < END) return form;
  throw new TaError(`${field} is ${shown(value)}, and must be of the years 1900 to 2099`);
}

function readAny(
  field: string,
  value: unknown,
  zoned: boolean,
  to: Float64Array,
  at: number,
): Form {
  to[at + 1] = 0;
  if (typeof value === "number") {
    if (!Number.isInteger(value) || value < LEAST_MS) {
      throw new TaError(
        `${field} is ${value}, and a number must be whole milliseconds since 1970, of the years 1973 to 2099; else give a Date or text`,
      );
    }
    to[at] = value;
    return "milliseconds";
  }
  if (value instanceof Date) {
    to[at] = value.getTime();
    return "date";
  }
  if (typeof value === "bigint") {
    if (value < LEAST_NS) {
      throw new TaError(
        `${field} is ${value}, and a bigint must be nanoseconds since 1970, of the years 1973 to 2099; else give a Date or text`,
      );
    }
    to[at] = Number(value / PER_MS);
    to[at + 1] = Number(value % PER_MS);
    return "nanoseconds";
  }
  const found = typeof value === "string" ? TEXT.exec(value) : null;
  if (!found) throw new TaError(`${field} must be ${TIMES}, got ${describe(value)}`);
  return readText(field, found, zoned, to, at);
}

function readText(
  field: string,
  found: RegExpExecArray,
  zoned: boolean,
  to: Float64Array,
  at: number,
): Form {
  const [text, year, month, day, hour, minute, second, fraction = "", offset] = found;
  const numbers = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = numbers;
  const ms = Date.UTC(y, m - 1, d, h, min, s);
  if (new Date(ms).getUTCDate() !== d || m > 12 || h > 23 || min > 59 || s > 59) {
    throw new TaError(`${field} is "${text}", which is no time`);
  }
  if (zoned && offset === undefined) {
    throw new TaError(
      `${field} is "${text}", and with timeZone a text needs an offset, such as "2024-03-01T09:30:00-05:00" or "2024-03-01T14:30:00Z"`,
    );
  }
  const digits = fraction.padEnd(9, "0");
  to[at] = ms - offsetOf(offset) + Number(digits.slice(0, 3));
  to[at + 1] = Number(digits.slice(3));
  if (offset !== undefined) return "zoned";
  return hour === undefined ? "day" : "local";
}

/** The milliseconds of an offset. */
function offsetOf(text = "Z"): number {
  if (text === "Z") return 0;
  const [hours, minutes] = [text.slice(1, 3), text.slice(-2)].map(Number);
  const ms = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
  return text.startsWith("-") ? -ms : ms;
}

/** Writes a time in a form. A Date and a number have no nanoseconds. */
export function writeTime(form: Form, ms: number, ns: number): TickTime {
  if (form === "milliseconds") return ms;
  if (form === "date") return new Date(ms);
  if (form === "nanoseconds") return BigInt(ms) * PER_MS + BigInt(ns);
  const text = new Date(ms).toISOString();
  if (form === "day" && ns === 0 && ms % 86_400_000 === 0) return text.slice(0, 10);
  const finer = ns === 0 ? "" : String(ns).padStart(6, "0");
  return text.slice(0, -1) + finer + (form === "zoned" ? "Z" : "");
}

/** A time of a tick, and of the bars that are made of it. */
export type TickTime = Date | number | bigint | string;

/** A time in error messages. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const valid = value instanceof Date && !Number.isNaN(value.getTime());
  return valid ? value.toISOString() : String(value);
}
