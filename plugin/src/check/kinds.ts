/** The kinds of findings, and what is said of each. */

import { inQuotes, type Sentence, type Words } from "../core/sentence.js";
import { type Advice, frameAdvice } from "../times/advice.js";
import type { Finding, Place } from "./report.js";

/** A kind of finding; `docs/checking.md` says what each is. */
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

/** All kinds, from the worst to what may be right after all. */
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

/** Keeps one row for each time. */
export const unique = (columns: readonly string[]): Words => ({
  program: `keep one row for each time, df.unique({ subset: [${inQuotes(columns)}], keep: "last", maintainOrder: true })`,
  shell: `keep one row for each ${columns.join(" and ")}`,
});

/** Makes numbers of a column. */
export const toNumber = (column: string): Words => ({
  program: `cast it, pl.col(${JSON.stringify(column)}).cast(pl.Float64)`,
  shell: "write the file with plain numbers",
});

/** Leaves a kind of findings out. */
export const ignoring = (kind: Kind): Words => ({
  program: `ignore: ["${kind}"]`,
  shell: `--ignore ${kind}`,
});

/** Where the first place is: `row 17 (2013-01-04, AAPL)`. */
export function where({ row, time, group }: Place): string {
  const details = [time, ...Object.values(group ?? {})].filter((one) => one != null);
  return `row ${row}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}

/** `1 row`, `2,000 rows`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;

/** What a finding is before it is worded. */
export interface Found {
  readonly kind: Kind;
  readonly column: string;
  readonly count: number;
  readonly places: readonly Place[];
  /** What the sentence says, without the places. */
  readonly says: string;
  readonly advice: string | Sentence;
}

/** How a host says a sentence. */
export type Say = (said: string | Sentence) => string;

/** A finding with its sentences, as a host says them. */
export function worded({ says, advice, ...found }: Found, say: Say): Finding {
  const [first] = found.places;
  const at = first === undefined ? "" : `, ${found.count > 1 ? "first " : ""}in ${where(first)}`;
  return { ...found, sentence: `${says}${at}`, advice: say(advice) };
}
