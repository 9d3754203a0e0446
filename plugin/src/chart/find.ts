/** Which columns of a frame hold indicators, and which outputs of them. */

import {
  entry,
  find as findIndicator,
  type IndicatorMeta,
  type IndicatorOutputMeta,
} from "../catalog.js";
import { asTaError, TaError } from "../errors.js";
import { ids } from "../generated/ids.js";
import { indicator } from "../namespace.js";
import { requestOf } from "../placeholder.js";
import { isExpr, type NativeExpr, native } from "../polars.js";
import { outputName, type Tree, toTree } from "../tree.js";
import { CHART, type ChartIndicator } from "./options.js";
import type { Column } from "./source.js";

export type Primitive = IndicatorMeta["visual"]["plots"][number]["primitive"];

/** One output to draw. */
export interface Drawn {
  /** What it is called beside its siblings; empty if it has none. */
  readonly field: string;
  readonly expr: NativeExpr;
  readonly output: Pick<
    IndicatorOutputMeta,
    "name" | "role" | "dtype" | "scale_group" | "bounds" | "levels" | "sparse" | "display_shift"
  >;
  readonly primitive: Primitive;
  readonly style: string;
  readonly pane: string;
}

/** The outputs of one indicator. */
export interface Found {
  /** What the column is called. */
  readonly name: string;
  /** The indicator's id; empty for a plain line. */
  readonly id: string;
  readonly drawn: readonly Drawn[];
}

const known = new Set<string>(ids);

/** Whether `rest` is what default names have after the id: the numbers, then unusual words. */
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

/** Whether a text is some of the words joined by `_`. */
function isSequence(text: string, words: readonly string[]): boolean {
  if (text === "" || words.includes(text)) return true;
  return words.some(
    (word) => text.startsWith(`${word}_`) && isSequence(text.slice(word.length + 1), words),
  );
}

/** The indicator that gives its columns this name. */
export function namedAfter(name: string): IndicatorMeta | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf("_", end - 1)) {
    const id = name.slice(0, end);
    if (!known.has(id)) continue;
    const meta = entry(id);
    if (isParameters(meta, name.slice(end))) return meta;
  }
  return undefined;
}

function drawn(meta: IndicatorMeta, name: string, expr: NativeExpr, pane?: string): Drawn {
  const index = meta.outputs.findIndex((output) => output.name === name);
  const output = meta.outputs[index];
  const plot = meta.visual.plots[index];
  if (output === undefined || plot === undefined) {
    const names = meta.outputs.map((one) => one.name).join(", ");
    throw new TaError(`${CHART}: ${meta.id} has no output "${name}"; it has ${names}`);
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

/** The names that panes of the catalog have in a chart; an empty one is a pane of its own. */
const PANES: Readonly<Record<string, string>> = { overlay: "price", volume: "volume" };

/** All outputs of an indicator whose column is a struct, or the only one. */
function whole(meta: IndicatorMeta, name: string, expr: NativeExpr, pane?: string): Found {
  const of = (field: string) => (meta.outputs.length > 1 ? expr.structFieldByName(field) : expr);
  const outputs = meta.outputs.map((output) => drawn(meta, output.name, of(output.name), pane));
  return { name, id: meta.id, drawn: outputs };
}

/** Whether a column can be what an indicator with one output, or a struct of several, leaves. */
function fits(meta: IndicatorMeta, column: Column): boolean {
  const { fields } = column;
  if (meta.outputs.length === 1) return fields === undefined && column.drawable;
  return fields !== undefined && meta.outputs.every((output) => fields.includes(output.name));
}

/** The columns that `unnest` makes of an indicator: `<name>_<field>`, or a field that has the name. */
function flat(
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

/** Everything in the frame that has the name of an indicator. */
export function findAll(columns: ReadonlyMap<string, Column>): Found[] {
  const found = new Map<string, Found>();
  for (const [name, column] of columns) {
    const meta = namedAfter(name);
    if (meta && fits(meta, column)) found.set(name, whole(meta, name, native.col(name)));
    else if (column.fields) {
      // A struct has its outputs' names, so its own may be shortened to the id.
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
    // An id alone is a word like others: all of its outputs must be there.
    const complete = unnested?.drawn.length === meta.outputs.length;
    if (unnested && (meta !== bare || complete)) found.set(name, unnested);
  }
  return [...found.values()];
}

/** What may stand before the field in the columns' names, in their order. */
function prefixes(columns: ReadonlyMap<string, Column>): Set<string> {
  const all = new Set<string>();
  for (const name of columns.keys()) {
    for (let end = name.length; end > 0; end = name.lastIndexOf("_", end - 1)) {
      all.add(name.slice(0, end));
    }
  }
  return all;
}

/** What a caller asked for. */
export function asked(
  one: string | ChartIndicator,
  columns: ReadonlyMap<string, Column>,
  all: readonly Found[],
): Found {
  if (typeof one === "string") {
    const found = all.find(({ name }) => name === one);
    if (found) return found;
    if (!columns.has(one)) return ofExpr({ column: one }, byId(one)._expr);
    throw new TaError(
      `${CHART}: column "${one}" is not named after an indicator; say what it is with { column: "${one}", id }, or { column: "${one}", pane } for a plain line`,
    );
  }
  if (isExpr(one.column)) return ofExpr(one, one.column._expr);
  const name = one.column as string;
  const column = columns.get(name);
  if (one.id === undefined) {
    const found = all.find((other) => other.name === name);
    if (found) return inPane(found, one.pane);
    if (column?.drawable) return plain(one, name, native.col(name));
    throw noColumn(name, columns);
  }
  const meta = metaOf(one.id);
  if (one.output !== undefined) {
    if (!column?.drawable) throw noColumn(name, columns);
    return {
      name,
      id: meta.id,
      drawn: [{ ...drawn(meta, one.output, native.col(name), one.pane), field: "" }],
    };
  }
  if (column && fits(meta, column)) return whole(meta, name, native.col(name), one.pane);
  const unnested = flat(meta, name, columns, one.pane);
  if (unnested) return unnested;
  if (!column) throw noColumn(name, columns);
  const outputs = meta.outputs.map((output) => output.name).join(", ");
  throw new TaError(
    meta.outputs.length > 1
      ? `${CHART}: column "${name}" has not the fields of ${meta.id}, ${outputs}; say which one it is with output`
      : `${CHART}: column "${name}" is ${column.type}, ${meta.id} has numbers`,
  );
}

const inPane = (found: Found, pane: string | undefined): Found =>
  pane === undefined ? found : { ...found, drawn: found.drawn.map((one) => ({ ...one, pane })) };

function noColumn(name: string, columns: ReadonlyMap<string, Column>): TaError {
  const column = columns.get(name);
  if (column) return new TaError(`${CHART}: column "${name}" is ${column.type}, not numbers`);
  const names = [...columns.keys()].map((one) => `"${one}"`).join(", ");
  return new TaError(`${CHART}: there is no column "${name}"; the frame has ${names}`);
}

function metaOf(id: string): IndicatorMeta {
  const meta = findIndicator(id);
  // An unknown name is refused by the addon, which knows the nearest ones.
  if (meta === undefined) byId(id);
  return meta as IndicatorMeta;
}

/** An indicator with its defaults, by id or alias. */
function byId(id: string): { readonly _expr: NativeExpr } {
  try {
    return indicator(id) as unknown as { readonly _expr: NativeExpr };
  } catch (error) {
    throw new TaError(`${CHART}: "${id}" is no column, and ${(error as Error).message}`);
  }
}

/** A line that no indicator stands for. */
function plain({ pane }: ChartIndicator, name: string, expr: NativeExpr): Found {
  const output = {
    name,
    role: "primary",
    dtype: "Float64",
    scale_group: "other",
    display_shift: 0,
  } as const;
  const line = { primitive: "line", style: "line_1", pane: pane ?? "" } as const;
  return { name, id: "", drawn: [{ field: "", expr, output, ...line }] };
}

/** What an expression computes, if it is an indicator or one output of one. */
function ofExpr(one: ChartIndicator, expr: NativeExpr): Found {
  const tree = asTaError(() => toTree(expr));
  const name = outputName(tree) ?? expr.toString();
  const { id, output } = computed(tree);
  const called = one.id ?? id;
  if (called === undefined) return plain(one, name, expr);
  const meta = metaOf(called);
  const field = one.output ?? output;
  if (field === undefined) return whole(meta, name, expr, one.pane);
  const title = outputName(tree) ?? `${meta.id} ${field}`;
  return {
    name: title,
    id: meta.id,
    drawn: [{ ...drawn(meta, field, expr, one.pane), field: "" }],
  };
}

/** Looks through names, groups and fields for a placeholder. */
function computed(tree: Tree): { id?: string; output?: string } {
  const request = requestOf(tree);
  if (request) return { id: request.id };
  const node = tree as Record<string, unknown> | null;
  if (typeof node !== "object" || node === null) return {};
  if (Array.isArray(node.Alias)) return computed(node.Alias[0] as Tree);
  const { function: over } = (node.Over ?? {}) as { function?: Tree };
  if (over !== undefined) return computed(over);
  const call = node.Function as { input: Tree[]; function: { StructExpr?: object } } | undefined;
  const field = (call?.function.StructExpr as { FieldByName?: string } | undefined)?.FieldByName;
  if (field === undefined) return {};
  const { id } = computed(call?.input[0] ?? null);
  return id === undefined ? {} : { id, output: field };
}
