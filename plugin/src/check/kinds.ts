/** The kinds of findings, and their sentences. */

import { inQuotes, type Sentence, type Words } from "../core/sentence.js";
import { type Advice, frameAdvice } from "../times/advice.js";
import type { Finding, Place } from "./report.js";

/** A kind of finding; see `docs/checking.md`. */
export type Kind =
  | "order"
  | "repeats"
  | "text"
  | "missing"
  | "range"
  | "outside"
  | "prices"
  | "volume"
  | "gaps"
  | "jumps"
  | "constant";

/** All kinds, the worst first; the last may be no faults. */
export const KINDS: readonly Kind[] = [
  "order",
  "repeats",
  "text",
  "missing",
  "range",
  "outside",
  "prices",
  "volume",
  "gaps",
  "jumps",
  "constant",
];

/** Advice about times, groups and order. */
export const ADVICE: Advice = {
  ...frameAdvice(),
  sort: (columns, typed) => ({
    program: frameAdvice().sort(columns, typed).program,
    shell: "use --sort of compute and chart",
  }),
};

/** The advice to keep one row for each time. */
export const unique = (columns: readonly string[]): Words => ({
  program: `keep one row for each time, df.unique({ subset: [${inQuotes(columns)}], keep: "last", maintainOrder: true })`,
  shell: `keep one row for each ${columns.join(" and ")}`,
});

/** The option that leaves out a kind of finding. */
export const ignoring = (kind: Kind): Words => ({
  program: `ignore: ["${kind}"]`,
  shell: `--ignore ${kind}`,
});

/** A place in words: `row 17 (2013-01-04, AAPL)`. */
export function where({ row, time, group }: Place): string {
  const details = [time, ...Object.values(group ?? {})].filter((one) => one != null);
  return `row ${row}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}

/** `1 row`, `2,000 rows`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;

/** A finding whose advice is still in parts. */
export interface Found {
  readonly kind: Kind;
  readonly column: string;
  readonly count: number;
  readonly places: readonly Place[];
  /** The sentence, without the place. */
  readonly says: string;
  readonly advice: string | Sentence;
}

/** Turns a sentence into text for a program or a shell. */
export type Say = (said: string | Sentence) => string;

/** A finding with sentences for a program or a shell. */
export function worded({ says, advice, ...found }: Found, say: Say): Finding {
  const [first] = found.places;
  const at = first === undefined ? "" : `, ${found.count > 1 ? "first " : ""}in ${where(first)}`;
  return { ...found, sentence: `${says}${at}`, advice: say(advice) };
}
