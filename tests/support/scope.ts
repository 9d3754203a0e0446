/** The scope table: what other libraries call each indicator, and where we differ on purpose. */

import { readFileSync } from "node:fs";
import { byFunction, goldenPath } from "./golden.js";

export type Library = "id" | "laakhay_id" | "laakhay_aliases" | "tulip_name" | "pandas_ta_name";

export const LIBRARIES: readonly Library[] = [
  "id",
  "laakhay_id",
  "laakhay_aliases",
  "tulip_name",
  "pandas_ta_name",
];

type Row = Readonly<Record<Library | "talib_name" | "display_name", string>>;

/** A line of CSV; a field with commas stands in double quotes. */
const fields = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );

function table<Column extends string>(name: string): Readonly<Record<Column, string>>[] {
  const [header = "", ...lines] = readFileSync(goldenPath(name), "utf8").trimEnd().split(/\r?\n/);
  const names = fields(header);
  return lines.map((line) => {
    const values = fields(line);
    if (values.length !== names.length) throw new Error(`${values.length} fields in: ${line}`);
    return Object.fromEntries(names.map((name, index) => [name, values[index]])) as Readonly<
      Record<Column, string>
    >;
  });
}

export const scopeTable = (): Row[] => table("indicator_scope.csv");

/** What was decided about rows that no indicator answers. */
export const decisions = () => table<"id" | "status" | "by" | "reason">("scope_decisions.csv");

/** One name of one library for one of our indicators. */
export interface ForeignName {
  readonly library: Library;
  readonly name: string;
  /** The ids of the rows that the library calls so: more than one for families. */
  readonly ids: readonly string[];
}

/** Every foreign name of what the catalog has, `ourId` saying what that is. */
export function foreignNames(ourId: (row: Row) => string | undefined): ForeignName[] {
  const found = scopeTable().flatMap((row) => {
    const id = ourId(row);
    if (id === undefined) return [];
    return LIBRARIES.flatMap((library) =>
      row[library]
        .split("|")
        .filter((name) => name !== "")
        .map((name) => ({ library, name, id })),
    );
  });
  const groups = Map.groupBy(found, ({ library, name }) => `${library} ${name}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, ids: [...new Set(group.map(({ id }) => id))] }] : [];
  });
}

/** The id of the catalog entry behind a row. */
export const idOfRow = (row: Row): string | undefined => byFunction.get(row.talib_name)?.id;

/**
 * `library name` to the id it resolves to here instead, or to null for a name that we do not take.
 * Every other name in the table resolves to the row's own indicator.
 */
export const EXCEPTIONS: Readonly<Record<string, string | null>> = {
  // TA-Lib's CMO smooths as Wilder does and owns the id; everybody else's cmo is the unsmoothed CMOU.
  "laakhay_id cmo": "cmo",
  "tulip_name cmo": "cmo",
  // TA-Lib's ROC is in percent and owns the id; tulip's roc is the fraction, TA-Lib's ROCP.
  "tulip_name roc": "roc",
  // TA-Lib's SMI is the stochastic momentum index; pandas-ta's is the ergodic, ours as smi_ergodic.
  "pandas_ta_name smi": "smi",
  // The table has swing_points in the row of FRACTAL, but ours follows laakhay: Boolean.
  "laakhay_id swing_points": "swing_points",
  "laakhay_aliases swing_points_raw": "swing_points",
  // The table has psar in the row of SAR, but laakhay's gives the direction as well.
  "laakhay_id psar": "psar",
  "tulip_name psar": "psar",
  "pandas_ta_name psar": "psar",
};
