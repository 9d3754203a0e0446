/** The report of `ta.check`, and how it is shown. */

import type { DataFrame } from "nodejs-polars";
import type { BarField } from "../core/bar.js";
import { type Block, type Document, Page } from "../notebook/document.js";
import { pl } from "../polars/native.js";
import { counted, KINDS, type Kind } from "./kinds.js";

/** A row that a finding is about. */
export interface Place {
  /** The row's number in the frame, from 0. */
  readonly row: number;
  /** Its time as text; absent without a time column. */
  readonly time?: string | null;
  /** Its values of the columns `over`. */
  readonly group?: Readonly<Record<string, unknown>>;
  /** The values that the finding is about. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Something that is wrong, or may be. */
export interface Finding {
  /** The kind of finding; the option `ignore` takes this word. */
  readonly kind: Kind;
  /** The column, or the columns that contradict each other. */
  readonly column: string;
  /** The number of rows; for `constant`, of stretches. */
  readonly count: number;
  /** The first of these rows. */
  readonly places: readonly Place[];
  /** What was found, as a sentence. */
  readonly sentence: string;
  /** What to do about it. */
  readonly advice: string;
}

/** The columns that the check read, by what they are. */
export interface CheckedColumns extends Readonly<Partial<Record<BarField, string>>> {
  /** The column of the times, if there is one. */
  readonly time?: string;
  /** The columns of the groups; also those that the check found by itself. */
  readonly over: readonly string[];
}

/** The content of a report. */
export interface Checked {
  readonly rows: number;
  readonly groups: number;
  readonly columns: CheckedColumns;
  readonly from: string | null;
  readonly to: string | null;
  readonly every: string | null;
  readonly findings: readonly Finding[];
}

/**
 * The report of `ta.check`. Notebooks show it as a table, `console.log` and `toString` as text.
 */
export class CheckReport extends Page {
  /** Whether nothing was found. */
  readonly ok: boolean;
  /** The number of rows. */
  readonly rows: number;
  /** The number of groups; 1 without `over`. */
  readonly groups: number;
  /** The columns that the check read, by what they are. */
  readonly columns: CheckedColumns;
  /** The first time, as text. */
  readonly from: string | null;
  /** The last time. */
  readonly to: string | null;
  /** The usual time from one bar to the next, such as `"1d"`; `null` if there is none. */
  readonly every: string | null;
  /** The findings, the worst first. */
  readonly findings: readonly Finding[];

  /** @internal */
  constructor(checked: Checked) {
    super();
    const { rows, groups, columns, from, to, every } = checked;
    this.findings = checked.findings.toSorted(
      (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
    );
    this.ok = this.findings.length === 0;
    this.rows = rows;
    this.groups = groups;
    this.columns = columns;
    this.from = from;
    this.to = to;
    this.every = every;
  }

  /** @internal */
  protected override document(): Document {
    return page(this);
  }

  /** The report as plain data, for `JSON.stringify`. */
  toJSON(): object {
    const { ok, rows, groups, columns, from, to, every, findings } = this;
    return { ok, rows, groups, columns, from, to, every, findings };
  }

  /**
   * The findings as a DataFrame with one row per place: `kind`, `column`, `count`, `row`, `time`,
   * `group`, `values`, `sentence`, `advice`.
   */
  toFrame(): DataFrame {
    const rows = this.findings.flatMap(({ places, kind, column, count, sentence, advice }) =>
      (places.length > 0 ? places : [undefined]).map((place) => ({
        kind,
        column,
        count,
        row: place?.row ?? null,
        time: place?.time ?? null,
        group: groupText(place) || null,
        values: (place && valuesText(place)) || null,
        sentence,
        advice,
      })),
    );
    const names = [
      "kind",
      "column",
      "count",
      "row",
      "time",
      "group",
      "values",
      "sentence",
      "advice",
    ] as const;
    const numbers: readonly string[] = ["count", "row"];
    return pl.DataFrame(
      names.map((name) =>
        pl.Series(
          name,
          rows.map((row) => row[name]) as never[],
          numbers.includes(name) ? pl.Float64 : pl.Utf8,
        ),
      ),
    );
  }
}

const groupText = (place: Place | undefined): string =>
  Object.values(place?.group ?? {}).join(", ");

function page(report: CheckReport): Document {
  const { findings, columns, rows, groups } = report;
  const { time, over, ...prices } = columns;
  const series =
    over.length > 0 ? `, ${counted(groups, "series", "series")} by ${over.join(", ")}` : "";
  const facts: [string, string][] = [["Rows", `${rows.toLocaleString("en-US")}${series}`]];
  if (time === undefined) facts.push(["Times", "no column; order and gaps were not looked at"]);
  else facts.push(["Times", `${time}${span(report)}`]);
  facts.push(["Columns", Object.values(prices).join(", ")]);
  const blocks: Block[] = [{ facts }];
  if (findings.length > 0) blocks.push({ table: table(report) });
  for (const { kind, sentence, advice } of findings) {
    blocks.push({ text: `${kind}: ${sentence}. ${sentenceCase(advice)}.` });
  }
  const title =
    findings.length === 0
      ? "Bars: nothing wrong was found"
      : `Bars: ${counted(findings.length, "finding")}`;
  return { title, blocks };
}

function span({ from, to, every, rows }: CheckReport): string {
  const range = from === null ? "" : `, ${from} to ${to}`;
  if (rows < 2) return range;
  return `${range}${every === null ? ", at no regular distance" : `, every ${every}`}`;
}

/** One row per place; the first place of a finding also names the finding. */
function table({ findings, columns }: CheckReport): string[][] {
  const timed = columns.time !== undefined;
  const head = ["finding", "column", "count", "row", ...(timed ? ["time"] : []), ...columns.over];
  const rows = findings.flatMap(({ kind, column, count, places }) =>
    places.map((place, index) => [
      ...(index === 0 ? [kind, column, count.toLocaleString("en-US")] : ["", "", ""]),
      String(place.row),
      ...(timed ? [place.time ?? ""] : []),
      ...columns.over.map((name) => String(place.group?.[name] ?? "")),
      valuesText(place),
    ]),
  );
  return [[...head, "values"], ...rows];
}

/** `high 9.5, low 10`. */
const valuesText = ({ values }: Place): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value === null ? "null" : valueText(value)}`)
    .join(", ");

const valueText = (value: unknown): string =>
  typeof value === "number" ? String(Number(value.toPrecision(8))) : String(value);

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The error message of `strict`: the worst finding, then the kinds of the others. */
export function verdict({ findings }: CheckReport): string {
  const [worst, ...others] = findings;
  if (worst === undefined) return "";
  const more =
    others.length === 0
      ? ""
      : `; also found: ${others.map(({ kind, column }) => `${kind} (${column})`).join(", ")}`;
  return `${worst.sentence}; ${worst.advice}${more}`;
}
