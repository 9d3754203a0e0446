/** The kinds of findings, and what is said of each. */

import { type Advice, computeAdvice, frameAdvice } from "../times/advice.js";
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

/** How advice is worded: for a program, or for the command. */
export interface Words extends Advice {
  unique(columns: readonly string[]): string;
  number(column: string): string;
  ignore(kind: Kind): string;
}

const quoted = (columns: readonly string[]): string =>
  columns.map((name) => JSON.stringify(name)).join(", ");

/** Advice for a program. */
export const PROGRAM: Words = {
  ...frameAdvice(),
  unique: (columns) =>
    `keep one row for each time, df.unique({ subset: [${quoted(columns)}], keep: "last", maintainOrder: true })`,
  number: (column) => `cast it, pl.col(${JSON.stringify(column)}).cast(pl.Float64)`,
  ignore: (kind) => `ignore: ["${kind}"]`,
};

const { over, time, timeFormat } = computeAdvice;

/** Advice for the command. */
export const SHELL: Words = {
  ...{ over, time, timeFormat },
  sort: () => "use --sort of compute and chart",
  unique: (columns) => `keep one row for each ${columns.join(" and ")}`,
  number: () => "write the file with plain numbers",
  ignore: (kind) => `--ignore ${kind}`,
};

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
  readonly advice: string;
}

/** A finding with its sentence. */
export function worded({ says, ...found }: Found): Finding {
  const [first] = found.places;
  const at = first === undefined ? "" : `, ${found.count > 1 ? "first in" : "in"} ${where(first)}`;
  return { ...found, sentence: `${says}${at}` };
}
