/** The forms in which texts write times, told from one of them. */

type Patterns = readonly [string, ...string[]];

/** What a text may be read as. */
export interface TextForms {
  /** Patterns of strftime, each a way to read it: several where day and month may be swapped. */
  readonly patterns: Patterns;
  /** The same with fractions of a second, which other values may have; slower to read. */
  readonly finer?: Patterns;
  /** Whether the patterns have a time of day; else they are days. */
  readonly timed: boolean;
  /** Digits after the second that microseconds do not hold. */
  readonly nanoseconds: boolean;
}

/** Dates as numbers or with names of months, and how each may be read. */
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
  [/^\d{8}(?=[T ])/, () => ["%Y%m%d"]],
];

/** What may stand between a date and a time of day, the time, and a zone. */
const CLOCK =
  /^(T|, | )(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\d{6}|\d{4})( ?[AaPp][Mm])?( ?(?:[+-]\d{2}(?::?\d{2})?|Z)| UTC| GMT)?$/;

/** How a text is written, if that is a known way. */
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
  // Where one has a fraction of a second, others need not.
  const fraction = time.includes(".") ? "%.f" : "";
  const seconds = time.split(":").length === 3 ? `:%S${fraction}` : "";
  return `${hour}:%M${seconds}${marked}`;
}

function zonePattern(zone: string | undefined): string {
  if (zone === undefined) return "";
  // Names of zones are read as text: only these two stand for one offset.
  return /UTC|GMT/.test(zone) ? zone : `${zone.startsWith(" ") ? " " : ""}%#z`;
}

/** Whether a text is a time of day, which is no time without its date. */
export const isTimeOfDay = (text: string): boolean => /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text);

/** Whether a text is a whole number. */
export const isWhole = (text: string): boolean => /^-?\d+$/.test(text);

/** Whether a pattern of strftime has a time of day, or a moment by itself. */
export const isTimed = (pattern: string): boolean =>
  /%[-_0]?(?:[HIklMSfTRXcrspP+]|\.?[369]?f)/.test(pattern.replaceAll("%%", ""));

/** Whether a pattern has an offset from UTC, so that its times are moments. */
export const isZoned = (pattern: string): boolean => /%(?::{0,3}|#)z|%\+/.test(pattern);
