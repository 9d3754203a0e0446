/** Rows of features as a DataFrame. */

import type { DataFrame } from "nodejs-polars";
import { planOf } from "../lazy/frames.js";
import { DataType, native, pl, wrappers } from "../polars/native.js";
import type { KeyValue } from "./keys.js";
import type { Feature, LiveRow, LiveValue } from "./rows.js";

/** A row with its key. */
export interface KeyedRow {
  readonly key: Readonly<Record<string, KeyValue>>;
  readonly values: LiveRow;
}

/** Polars' types, by the catalog's names. */
const TYPES: Readonly<Record<string, string>> = {
  Float64: "Float64",
  Int32: "Int32",
  Boolean: "Bool",
  String: "Utf8",
};

/** Polars' types of whole numbers, by the numbers of `ta_live::Tag`. */
const WHOLE: Readonly<Record<number, string>> = { 4: "Int32", 5: "UInt32", 6: "Int64" };

/**
 * A DataFrame of rows: the columns of the keys, then those of the features.
 *
 * @param tags What the values of each output are. Arithmetic of conditions gives whole numbers.
 */
export function toFrame(
  rows: readonly KeyedRow[],
  over: readonly string[],
  features: readonly Feature[],
  tags: Uint8Array,
): DataFrame {
  const keys = over.map((name) =>
    pl.Series(
      name,
      rows.map(({ key }) => key[name] ?? null),
    ),
  );
  const columns: string[] = [];
  const flat = features.flatMap(({ name, outputs }) =>
    outputs.map((output) => {
      const whole = WHOLE[tags[columns.length] ?? 0];
      const column = `__ta_${columns.length}`;
      columns.push(column);
      const values = rows.map(({ values: row }): LiveValue => {
        const value = row[name] as LiveValue | Record<string, LiveValue>;
        return outputs.length === 1
          ? (value as LiveValue)
          : ((value as Record<string, LiveValue>)[output.name as string] ?? null);
      });
      const type = DataType[whole ?? TYPES[output.dtype] ?? ""];
      return type === undefined
        ? pl.Series(column, values)
        : pl.Series(column, values, type as never);
    }),
  );
  let at = 0;
  const made = features.map(({ name, outputs }) => {
    const parts = outputs.map((output) => {
      const part = native.col(columns[at++] as string);
      return output.name === null ? part : part.alias(output.name);
    });
    const [first] = parts;
    if (parts.length === 1 && first) return first.alias(name);
    const hasValue = parts.map((part) => part.isNotNull()).reduce((a, b) => a.or(b));
    // As in a pipeline's frame, a struct without any value is null.
    return native
      .when(hasValue)
      .then(native.asStruct(parts))
      .otherwise(native.lit(null))
      .alias(name);
  });
  const plan = planOf(pl.DataFrame([...keys, ...flat]));
  const selected = plan.select([...over.map((name) => native.col(name)), ...made]);
  return wrappers.lazy._LazyDataFrame(selected).collectSync();
}
