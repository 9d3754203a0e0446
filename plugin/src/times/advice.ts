/** Advice in error messages about times and order, in words for programs and for shells. */

import { TaError } from "../core/errors.js";
import { sentence, type Words } from "../core/sentence.js";

/** What a caller can do about the order of rows; it depends on the function that reads them. */
export interface Advice {
  /** How to compute within groups. */
  over(columns: readonly string[]): Words;
  /** How to sort by columns. The last has the times; `typed` if they are Date or Datetime. */
  sort(columns: readonly string[], typed: boolean): Words;
  /** How to read a column of dates and one of times of day as one. */
  both(date: string, time: string): Words;
  /** How to switch off the check of the order; absent if times are required. */
  readonly noTime?: Words;
}

/** The option that names the column of times. */
export const TIME_OPTION: Words = { program: "the option time", shell: "--time" };

/** The option that says how times are written. */
export const timeFormat = (pattern: string): Words => ({
  program: `timeFormat: ${JSON.stringify(pattern)}`,
  shell: `--time-format "${pattern}"`,
});

/** The error where times are said to be written in a way, but no column has any. */
export const noTimes = (what: string, format: string): TaError =>
  new TaError(
    sentence`${what}: times are written ${format}, but no column has any; say which one with ${TIME_OPTION}`,
  );

const list = (columns: readonly string[]): string =>
  columns.length === 1 ? JSON.stringify(columns[0]) : JSON.stringify(columns).replaceAll(",", ", ");

/** The order of texts may differ from that of their times. */
const sortFrame = (columns: readonly string[], typed: boolean): string =>
  `sort the frame first, df.sort(${list(columns)})${typed ? "" : `, with "${columns.at(-1)}" as Date or Datetime`}`;

/** Quotes a name for a shell. */
const word = (text: string): string =>
  /^[\w./,%+:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Advice for functions of frames, whose option for groups is `over` or another name. */
export const frameAdvice = (over = "over"): Advice => ({
  over: (columns) => ({
    program: `${over}: ${list(columns)}`,
    shell: `--${over} ${word(columns.join(","))}`,
  }),
  sort: (columns, typed) => ({
    program: sortFrame(columns, typed),
    shell: "sort them with --sort",
  }),
  both: (date, time) => ({
    program: "make one column of both",
    shell: `take both with --time ${word(`${date},${time}`)}`,
  }),
});

/** Advice for pipelines, made by a program or read from a file. */
export const pipelineAdvice: Advice = {
  ...frameAdvice(),
  noTime: { program: "time: false", shell: "--no-time" },
};

/** Advice for `computeFiles`, which has the groups of its pipeline. */
export const filesAdvice: Advice = {
  ...pipelineAdvice,
  sort: () => ({ program: "sort them with sort: true", shell: "sort them with --sort" }),
  both: (date, time) => ({
    program: `take both with time: ${list([date, time])}`,
    shell: pipelineAdvice.both(date, time).shell,
  }),
};
