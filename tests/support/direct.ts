/** Direct calls over arrays, and the frame's columns that they must equal. */

import type { DataFrame } from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { usualInputs } from "./bars.js";
import { readColumns, type Value } from "./columns.js";

/** A column as an array, with NaN for null. */
export const arrayOf = (frame: DataFrame, name: string): Float64Array =>
  Float64Array.from(readColumns(frame.select(name)).get(name)?.[0]?.values ?? [], asNumber);

/** What a value of a frame is in an array. */
export const asNumber = (value: Value): number => (value === null ? Number.NaN : Number(value));

/** The arrays of all columns that indicators are fed from, by name. */
export type Arrays = Readonly<Record<string, Float64Array>>;

export const arraysOf = (frame: DataFrame): Arrays =>
  Object.fromEntries(frame.columns.map((name) => [name, arrayOf(frame, name)]));

/** The arrays of one indicator's inputs, by slot. */
export const inputsFrom = (meta: IndicatorMeta, arrays: Arrays): Record<string, Float64Array> =>
  Object.fromEntries(
    Object.entries(usualInputs(meta)).map(([slot, name]) => {
      const array = arrays[name];
      if (!array) throw new Error(`${meta.id} has nothing for ${slot}`);
      return [slot, array];
    }),
  );

export type Params = Readonly<Record<string, unknown>>;

/** One call and what it is compared with. */
export interface Case {
  readonly meta: IndicatorMeta;
  readonly params: Params;
}

export const usual: readonly Case[] = ta.catalog().map((meta) => ({ meta, params: {} }));

/** What differs between direct calls and the columns of a frame, to the last bit. */
export function differences(
  frame: DataFrame,
  list: readonly Case[],
  call = (meta: IndicatorMeta, params: Params, inputs: Record<string, Float64Array>) =>
    ta.compute(meta.id, inputs, params),
): string[] {
  const arrays = arraysOf(frame);
  const label = (index: number) => `${index} ${list[index]?.meta.id}`;
  const exprs = list.map(({ meta, params }, index) =>
    ta.indicator(meta.id, params, usualInputs(meta)).alias(label(index)),
  );
  const columns = readColumns(frame.select(...exprs));
  return list.flatMap(({ meta, params }, index) => {
    const where = `${meta.id} ${JSON.stringify(params)}`;
    const made = call(meta, params, inputsFrom(meta, arrays));
    const names = meta.outputs.map(({ name }) => name);
    if (JSON.stringify(Object.keys(made)) !== JSON.stringify(names)) {
      return `${where}: ${Object.keys(made)}`;
    }
    return names.flatMap((name, output) => {
      const array = made[name];
      const wanted = columns.get(label(index))?.[output]?.values ?? [];
      if (!(array instanceof Float64Array) || array.length !== wanted.length) {
        return `${where}, ${name}: ${array?.length} values, not ${wanted.length}`;
      }
      const row = wanted.findIndex((value, at) => !Object.is(array[at], asNumber(value)));
      return row < 0 ? [] : `${where}, ${name}, row ${row}: ${array[row]}, not ${wanted[row]}`;
    });
  });
}
