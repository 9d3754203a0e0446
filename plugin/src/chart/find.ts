/** Finds the columns of a frame that are indicators, by their names. */

import { entry, type IndicatorMeta, type IndicatorOutputMeta } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { unknownName } from "../core/unknown.js";
import { ids } from "../generated/ids.js";
import { type NativeExpr, native } from "../polars/native.js";
import { CHART } from "./options.js";
import type { Column, Source } from "./source.js";

export type Primitive = IndicatorMeta["visual"]["plots"][number]["primitive"];

/** One output to draw. */
export interface Drawn {
  /** Its name among the outputs of the indicator; empty if there is only one. */
  readonly field: string;
  readonly expr: NativeExpr;
  readonly output: Pick<
    IndicatorOutputMeta,
    "name" | "role" | "dtype" | "scale_group" | "bounds" | "levels" | "sparse" | "display_shift"
  >;
  readonly primitive: Primitive;
  readonly style: string;
  readonly pane: string;
  /** What the caller says that a mark means. */
  readonly mark?: "buy" | "sell";
}

/** The outputs of one indicator. */
export interface Found {
  /** The name of the column. */
  readonly name: string;
  /** The indicator's id; empty for a plain line. */
  readonly id: string;
  readonly drawn: readonly Drawn[];
}

const known = new Set<string>(ids);

/**
 * Whether `rest` is the end of a default name after the id: the numbers, then words that are not
 * the default.
 */
function isParameters(meta: IndicatorMeta, rest: string): boolean {
  const parts = rest === "" ? [] : rest.slice(1).split("_");
  const numbers = meta.params.filter(({ kind }) => kind === "int" || kind === "float").length;
  const isNumber = (part: string) => part !== "" && Number.isFinite(Number(part));
  if (parts.length < numbers || !parts.slice(0, numbers).every(isNumber)) return false;
  const words = meta.params.flatMap(({ kind, name, default: usual, enum_values = [] }) =>
    kind === "bool" ? [`${name}_${!usual}`] : enum_values,
  );
  return isSequence(parts.slice(numbers).join("_"), words);
}

/** Whether a text is a sequence of the words, joined by `_`. */
function isSequence(text: string, words: readonly string[]): boolean {
  if (text === "" || words.includes(text)) return true;
  return words.some(
    (word) => text.startsWith(`${word}_`) && isSequence(text.slice(word.length + 1), words),
  );
}

/** The indicator whose default name this is. */
export function namedAfter(name: string): IndicatorMeta | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf("_", end - 1)) {
    const id = name.slice(0, end);
    if (!known.has(id)) continue;
    const meta = entry(id);
    if (isParameters(meta, name.slice(end))) return meta;
  }
  return undefined;
}

export function drawn(meta: IndicatorMeta, name: string, expr: NativeExpr, pane?: string): Drawn {
  const index = meta.outputs.findIndex((output) => output.name === name);
  const output = meta.outputs[index];
  const plot = meta.visual.plots[index];
  if (output === undefined || plot === undefined) {
    const names = meta.outputs.map((one) => one.name);
    const wrong = `${CHART}: ${meta.id} has no output "${name}"`;
    throw new TaError(unknownName(wrong, name, names, "it has"));
  }
  return {
    field: meta.outputs.length > 1 ? name : "",
    expr,
    output,
    primitive: plot.primitive,
    style: plot.style_slot,
    pane: pane ?? PANES[plot.pane ?? meta.visual.pane] ?? "",
  };
}

/**
 * The names in a chart of the catalog's panes. Any other pane is one of its own, without a name.
 */
export const PANES: Readonly<Record<string, string>> = { overlay: "price", volume: "volume" };

/** All outputs of an indicator, from its column or struct column. */
export function whole(meta: IndicatorMeta, name: string, expr: NativeExpr, pane?: string): Found {
  const of = (field: string) => (meta.outputs.length > 1 ? expr.structFieldByName(field) : expr);
  const outputs = meta.outputs.map((output) => drawn(meta, output.name, of(output.name), pane));
  return { name, id: meta.id, drawn: outputs };
}

/** The prices that the catalog draws with all outputs of an indicator. */
export function pricesWith({ id, drawn }: Found, prices: Source["prices"]): Drawn[] {
  const meta = id === "" ? undefined : entry(id);
  const [first] = drawn;
  if (meta === undefined || first === undefined || drawn.length < meta.outputs.length) return [];
  return (meta.visual.prices ?? []).flatMap(({ name, price, display_shift, style_slot }) => {
    const column = prices[price as keyof Source["prices"]];
    if (column === undefined) return [];
    const output = {
      ...{ name, display_shift },
      role: "secondary",
      dtype: "Float64",
      scale_group: "price",
    } as const;
    const expr = native.col(column);
    const how = { primitive: "line", style: style_slot, pane: first.pane } as const;
    return [{ field: name, expr, output, ...how }];
  });
}

/**
 * Whether a column has the form of an indicator's result: numbers, or a struct with its outputs.
 */
export function fits(meta: IndicatorMeta, column: Column): boolean {
  const { fields } = column;
  if (meta.outputs.length === 1) return fields === undefined && column.drawable;
  return fields !== undefined && meta.outputs.every((output) => fields.includes(output.name));
}

/**
 * The columns that `unnest` makes of an indicator: `<name>_<field>`, or the name itself if a field
 * has it.
 */
export function flat(
  meta: IndicatorMeta,
  name: string,
  columns: ReadonlyMap<string, Column>,
  pane?: string,
): Found | undefined {
  const outputs = meta.outputs.flatMap((output) => {
    const candidates = [`${name}_${output.name}`, ...(output.name === name ? [name] : [])];
    const column = candidates.find((candidate) => columns.get(candidate)?.drawable);
    return column === undefined ? [] : [drawn(meta, output.name, native.col(column), pane)];
  });
  return outputs.length > 0 ? { name, id: meta.id, drawn: outputs } : undefined;
}

/** All columns that have the default name of an indicator. */
export function findAll(columns: ReadonlyMap<string, Column>): Found[] {
  const found = new Map<string, Found>();
  for (const [name, column] of columns) {
    const meta = namedAfter(name);
    if (meta && fits(meta, column)) found.set(name, whole(meta, name, native.col(name)));
    else if (column.fields) {
      // A struct contains the names of the outputs, so its own name may be just the id.
      const short = known.has(name) ? entry(name) : undefined;
      if (short && fits(short, column)) found.set(name, whole(short, name, native.col(name)));
    }
  }
  for (const name of prefixes(columns)) {
    if (found.has(name)) continue;
    const bare = known.has(name) ? entry(name) : undefined;
    const meta = namedAfter(name) ?? bare;
    if (meta === undefined || meta.outputs.length < 2) continue;
    const unnested = flat(meta, name, columns);
    // An id alone is an ordinary word, so all outputs must be there.
    const complete = unnested?.drawn.length === meta.outputs.length;
    if (unnested && (meta !== bare || complete)) found.set(name, unnested);
  }
  return [...found.values()];
}

/** All prefixes of column names that may stand before a field. */
function prefixes(columns: ReadonlyMap<string, Column>): Set<string> {
  const all = new Set<string>();
  for (const name of columns.keys()) {
    for (let end = name.length; end > 0; end = name.lastIndexOf("_", end - 1)) {
      all.add(name.slice(0, end));
    }
  }
  return all;
}
