/** Recognizes how a text writes a time. */

type Patterns = readonly [string, ...string[]];

/** The ways in which a text can be read as a time. */
export interface TextForms {
  /** Strftime patterns; several if day and month can be swapped. */
  readonly patterns: Patterns;
  /** The same with fractions of a second, which other values may have. Slower to parse. */
  readonly finer?: Patterns;
  /** Whether the patterns have a time of day. */
  readonly timed: boolean;
  /** Whether the text has more digits after the second than microseconds represent. */
  readonly nanoseconds: boolean;
}

/** Forms of dates, and the patterns of each. */
const DATES: readonly (readonly [RegExp, (separator: string) => Patterns])[] = [
  [/^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/, (s) => [`%Y${s}%m${s}%d`]],
  [/^\d{1,2}([-/.])\d{1,2}\1\d{4}(?!\d)/, (s) => [`%d${s}%m${s}%Y`, `%m${s}%d${s}%Y`]],
  [
    /^\d{2}([-/.])\d{1,2}\1\d{2}(?!\d)/,
    (s) => [`%d${s}%m${s}%y`, `%m${s}%d${s}%y`, `%y${s}%m${s}%d`],
  ],
  [/^\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)/, (s) => [`%d${s}%m${s}%y`, `%m${s}%d${s}%y`]],
  [/^\d{1,2}([-/ ])[A-Za-z]{3,9}\1\d{4}(?!\d)/, (s) => [`%d${s}%B${s}%Y`]],
  [/^\d{1,2}([-/ ])[A-Za-z]{3,9}\1\d{2}(?!\d)/, (s) => [`%d${s}%B${s}%y`]],
  [/^[A-Za-z]{3,9} \d{1,2}(,? )\d{4}(?!\d)/, (s) => [`%B %d${s}%Y`]],
  [/^\d{4}([-/.])\d{1,2}$/, (s) => [`%Y${s}%m`]],
  [/^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([- ])\d{4}$/i, (s) => [`%B${s}%Y`]],
  [/^\d{8}(?=[T ])/, () => ["%Y%m%d"]],
];

/** A separator, a time of day, and perhaps a zone, after a date. */
const CLOCK =
  /^(T|, | {1,2})(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\d{6}|\d{4})( ?[AaPp][Mm])?( ?(?:[+-]\d{2}(?::?\d{2})?|Z)| UTC| GMT)?$/;

/** The forms of a text; undefined if none is known. */
export function formsOf(text: string): TextForms | undefined {
  for (const [shape, read] of DATES) {
    const found = shape.exec(text);
    if (!found) continue;
    const rest = text.slice(found[0].length);
    const dates = read(found[1] ?? "");
    if (rest === "") return { patterns: dates, timed: false, nanoseconds: false };
    const clock = CLOCK.exec(rest);
    if (!clock) return undefined;
    const [, separator = "", time = "", half, zone] = clock;
    const after = clockPattern(time, half) + zonePattern(zone);
    const patterns = withClock(dates, separator + after);
    const whole = /:\d\d:\d\d$/.test(time);
    return {
      patterns,
      ...(whole && { finer: withClock(dates, separator + after.replace("%S", "%S%.f")) }),
      timed: true,
      nanoseconds: /\.\d{7,}$/.test(time),
    };
  }
  return undefined;
}

const withClock = ([first, ...others]: Patterns, clock: string): Patterns => [
  first + clock,
  ...others.map((date) => date + clock),
];

function clockPattern(time: string, half: string | undefined): string {
  const hour = half === undefined ? "%H" : "%I";
  const marked = half === undefined ? "" : half.startsWith(" ") ? " %p" : "%p";
  if (!time.includes(":")) return `${hour}%M${time.length === 6 ? "%S" : ""}${marked}`;
  // If this value has a fraction of a second, others may have none.
  const fraction = time.includes(".") ? "%.f" : "";
  const seconds = time.split(":").length === 3 ? `:%S${fraction}` : "";
  return `${hour}:%M${seconds}${marked}`;
}

function zonePattern(zone: string | undefined): string {
  if (zone === undefined) return "";
  // Polars reads names of zones as literal text. Only these two always mean the same offset.
  return /UTC|GMT/.test(zone) ? zone : `${zone.startsWith(" ") ? " " : ""}%#z`;
}

/** Whether a text is a time of day without a date. */
export const isTimeOfDay = (text: string): boolean =>
  /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?$/i.test(text);

/** Whether the digits of a number can be a time of day: 930 or 93000. */
export const isClock = (text: string): boolean =>
  /^([01]?\d|2[0-4])?[0-5]?\d([0-5]\d)?$/.test(text);

/** Whether a text is a whole number. */
export const isWhole = (text: string): boolean => /^-?\d+$/.test(text);

/** Whether a strftime pattern has a time of day, or is a moment. */
export const isTimed = (pattern: string): boolean =>
  /%[-_0]?(?:[HIklMSfTRXcrspP+]|\.?[369]?f)/.test(pattern.replaceAll("%%", ""));

/** Whether a pattern has an offset from UTC. */
export const isZoned = (pattern: string): boolean => /%(?::{0,3}|#)z|%\+/.test(pattern);
