/** How sentences name what a caller can do, in the words of where the call was made. */

/** Ways out of a refusal, each as it is written there. */
export interface Advice {
  /** Makes groups of columns: `--over symbol`. */
  over(columns: readonly string[]): string;
  /** Sorts by columns, of which the last has the times, as Date or Datetime or not: `use --sort`. */
  sort(columns: readonly string[], typed: boolean): string;
  /** Says which column has the times: `--time`. */
  readonly time: string;
  /** Leaves the order alone: `--no-time`; nothing where times are needed. */
  readonly noTime?: string;
  /** Says how times are written: `--time-format "%d/%m/%Y"`. */
  timeFormat(pattern: string): string;
}

const list = (columns: readonly string[]): string =>
  columns.length === 1 ? JSON.stringify(columns[0]) : JSON.stringify(columns).replaceAll(",", ", ");

/** Texts have an order of their own, which need not be that of their times. */
const sortFrame = (columns: readonly string[], typed: boolean): string =>
  `sort the frame first, df.sort(${list(columns)})${typed ? "" : `, with "${columns.at(-1)}" as Date or Datetime`}`;

const timeFormat = (pattern: string): string => `timeFormat: ${JSON.stringify(pattern)}`;

/** Advice for a method that takes a frame and has groups under the name `over`, or another. */
export const frameAdvice = (over = "over"): Advice => ({
  over: (columns) => `${over}: ${list(columns)}`,
  sort: sortFrame,
  time: "the option time",
  timeFormat,
});

/** Advice for pipelines, which a program makes or a file holds. */
export const pipelineAdvice: Advice = { ...frameAdvice(), noTime: "time: false" };

/** Advice for `computeFiles`, whose groups are those of its pipeline. */
export const filesAdvice: Advice = { ...pipelineAdvice, sort: () => "sort them with sort: true" };

/** A name as a shell takes it. */
const word = (text: string): string =>
  /^[\w./,%+:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const command: Omit<Advice, "over"> = {
  sort: () => "sort them with --sort",
  time: "--time",
  timeFormat: (pattern) => `--time-format "${pattern}"`,
};

/** Advice for the command `compute`. */
export const computeAdvice: Advice = {
  ...command,
  over: (columns) => `--over ${word(columns.join(","))}`,
  noTime: "--no-time",
};

/** Advice for the command `chart`. */
export const chartAdvice: Advice = {
  ...command,
  over: (columns) => `--by ${word(columns.join(","))}`,
};
