/** Ways out of a refusal of times and orders, as programs and shells are told them. */

import type { Words } from "../core/sentence.js";

/** What a caller can do about the order of rows; it depends on what takes them. */
export interface Advice {
  /** Makes groups of columns. */
  over(columns: readonly string[]): Words;
  /** Sorts by columns, of which the last has the times, as Date or Datetime or not. */
  sort(columns: readonly string[], typed: boolean): Words;
  /** Leaves the order alone; nothing where times are needed. */
  readonly noTime?: Words;
}

/** Says which column has the times. */
export const TIME_OPTION: Words = { program: "the option time", shell: "--time" };

/** Says how times are written. */
export const timeFormat = (pattern: string): Words => ({
  program: `timeFormat: ${JSON.stringify(pattern)}`,
  shell: `--time-format "${pattern}"`,
});

const list = (columns: readonly string[]): string =>
  columns.length === 1 ? JSON.stringify(columns[0]) : JSON.stringify(columns).replaceAll(",", ", ");

/** Texts have an order of their own, which need not be that of their times. */
const sortFrame = (columns: readonly string[], typed: boolean): string =>
  `sort the frame first, df.sort(${list(columns)})${typed ? "" : `, with "${columns.at(-1)}" as Date or Datetime`}`;

/** A name as a shell takes it. */
const word = (text: string): string =>
  /^[\w./,%+:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Advice for what takes a frame and has groups under the name `over`, or another. */
export const frameAdvice = (over = "over"): Advice => ({
  over: (columns) => ({
    program: `${over}: ${list(columns)}`,
    shell: `--${over} ${word(columns.join(","))}`,
  }),
  sort: (columns, typed) => ({
    program: sortFrame(columns, typed),
    shell: "sort them with --sort",
  }),
});

/** Advice for pipelines, which a program makes or a file holds. */
export const pipelineAdvice: Advice = {
  ...frameAdvice(),
  noTime: { program: "time: false", shell: "--no-time" },
};

/** Advice for `computeFiles`, whose groups are those of its pipeline. */
export const filesAdvice: Advice = {
  ...pipelineAdvice,
  sort: () => ({ program: "sort them with sort: true", shell: "sort them with --sort" }),
};
