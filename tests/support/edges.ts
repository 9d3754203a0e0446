/** What holds for every indicator's outputs, and how to say what does not. */

import type { IndicatorMeta } from "nodejs-polars-ta";
import { type Bars, bars, evaluate, ROWS } from "./bars.js";
import { type Column, excerpt } from "./columns.js";
import { within } from "./golden.js";

/** Ordinary bars, more than any indicator needs before its first value. */
export const good = bars(ROWS);

/** Rows without a value at the start, and at the end. */
export const edges = ({ semantics }: IndicatorMeta) =>
  [semantics.default_lookback, semantics.lookahead] as const;

/** What holds for any input: shape, names, types, and values finite and within their bounds. */
function malformed(meta: IndicatorMeta, columns: readonly Column[], rows: number): string[] {
  const shape = (list: readonly { name: string; dtype: string }[]) =>
    list.map((c) => `${c.name} ${c.dtype}`).join(", ");
  // A single output is a column with the alias the test gave it.
  const named =
    columns.length === 1
      ? columns.map((c) => ({ ...c, name: meta.outputs[0]?.name ?? "" }))
      : columns;
  if (shape(named) !== shape(meta.outputs)) {
    return [`${meta.id}: ${shape(named)} instead of ${shape(meta.outputs)}`];
  }
  return columns.flatMap(({ name, values }, index) => {
    if (values.length !== rows) return `${meta.id} ${name}: ${values.length} rows`;
    const row = values.findIndex((v) => typeof v === "number" && !within(v, meta.outputs[index]));
    return row < 0 ? [] : `${meta.id} ${name}: infinite or out of bounds, ${excerpt(values, row)}`;
  });
}

/** Nulls in the warm-up and look-ahead rows, and, if `complete`, nowhere else but in sparse outputs. */
export function wrongNulls(
  meta: IndicatorMeta,
  columns: readonly Column[],
  complete: boolean,
): string[] {
  const [warm, ahead] = edges(meta);
  return columns.flatMap(({ name, values }, output) => {
    const dense = complete && !meta.outputs[output]?.sparse;
    const row = values.findIndex((value, index) => {
      const outside = index < warm || index >= values.length - ahead;
      return outside ? value !== null : dense && value === null;
    });
    return row < 0 ? [] : `${meta.id} ${name}: lookback ${warm}, ${excerpt(values, row)}`;
  });
}

/** Everything wrong with one scenario; `check` adds to what holds for any input. */
export function problems(
  source: Bars,
  check: (meta: IndicatorMeta, columns: Column[]) => string[],
  wanted?: (meta: IndicatorMeta) => boolean,
): string[] {
  const rows = source.close?.length ?? 0;
  return evaluate(source, wanted).flatMap(([meta, columns]) => {
    const wrong = malformed(meta, columns, rows);
    return wrong.length > 0 ? wrong : check(meta, columns);
  });
}
