/** Turns what a caller names into outputs to draw. */

import { BAR, type BarField } from "../core/bar.js";
import { type IndicatorMeta, indicatorNamed } from "../core/catalog.js";
import { asTaError, TaError } from "../core/errors.js";
import { FRAME_HAS, sentence } from "../core/sentence.js";
import { unknownColumn } from "../core/unknown.js";
import { columnText } from "../language/ask.js";
import { bindText } from "../language/bind.js";
import { requestOf } from "../lazy/placeholder.js";
import { compile } from "../pipeline/compile.js";
import { fieldOf, outputName, overOf, renamed } from "../polars/ast.js";
import { isExpr, type NativeExpr, native } from "../polars/native.js";
import { type Tree, toTree } from "../polars/tree.js";
import { drawn, type Found, fits, flat, PANES, whole } from "./find.js";
import { CHART, type ChartIndicator, type Settings } from "./options.js";
import type { Column } from "./source.js";

/** The type of an expression's result. */
export type TypeOf = (expr: NativeExpr) => string;

/** The outputs to draw for one element of `indicators`. */
export function asked(
  one: string | ChartIndicator,
  columns: ReadonlyMap<string, Column>,
  all: readonly Found[],
  typeOf: TypeOf,
  settings: Settings,
): Found {
  const found = outputsOf(one, columns, all, typeOf, settings);
  return typeof one === "string" || one.mark === undefined ? found : marked(found, one.mark);
}

/** Makes conditions the arrows of a trader: to buy below the bar, to sell above it. */
function marked(found: Found, mark: "buy" | "sell"): Found {
  const role = mark === "buy" ? "lower" : "upper";
  const other = found.drawn.find(({ output }) => output.dtype !== "Boolean");
  if (other !== undefined) {
    const { name, dtype } = other.output;
    throw new TaError(
      `${CHART}: mark is for conditions, but "${found.name}" has ${dtype === "Int32" ? "whole " : ""}numbers${found.drawn.length > 1 ? ` in ${name}` : ""}; draw a comparison, such as "rsi(14) < 30"`,
    );
  }
  const drawn = found.drawn.map((one) => ({
    ...one,
    mark,
    pane: one.pane === "" ? (PANES.overlay ?? "") : one.pane,
    output: { ...one.output, role } as const,
  }));
  return { ...found, drawn };
}

function outputsOf(
  one: string | ChartIndicator,
  columns: ReadonlyMap<string, Column>,
  all: readonly Found[],
  typeOf: TypeOf,
  settings: Settings,
): Found {
  if (typeof one === "string") {
    const found = all.find(({ name }) => name === one);
    if (found) return found;
    const column = columns.get(one);
    if (!column) return ofExpr({ column: one }, written(one, settings), typeOf);
    if (isFlag(column.type)) return plain({ column: one }, one, native.col(one), column.type);
    throw new TaError(
      sentence`${CHART}: column "${one}" is not named after an indicator; ${{
        program: `say what it is with { column: "${one}", id }, or { column: "${one}", pane } for a plain line`,
        shell: "give an indicator or an expression of several",
      }}`,
    );
  }
  if (isExpr(one.column)) return ofExpr(one, one.column._expr, typeOf);
  const name = one.column as string;
  const column = columns.get(name);
  if (one.id === undefined) {
    const found = all.find((other) => other.name === name);
    if (found) return inPane(found, one.pane);
    if (column?.drawable) return plain(one, name, native.col(name), column.type);
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
      ? `${CHART}: column "${name}" lacks the fields of ${meta.id}, ${outputs}; say which one it is with output`
      : `${CHART}: column "${name}" is ${column.type}, ${meta.id} has numbers`,
  );
}

const inPane = (found: Found, pane: string | undefined): Found =>
  pane === undefined ? found : { ...found, drawn: found.drawn.map((one) => ({ ...one, pane })) };

function noColumn(name: string, columns: ReadonlyMap<string, Column>): TaError {
  const column = columns.get(name);
  if (column) return new TaError(`${CHART}: column "${name}" is ${column.type}, not numbers`);
  const wrong = `${CHART}: there is no column "${name}"`;
  return new TaError(unknownColumn(wrong, name, [...columns.keys()], { has: FRAME_HAS }));
}

const metaOf = (id: string): IndicatorMeta => saying(`${CHART}: `, () => indicatorNamed(id));

/** Puts a beginning before what the sentence of an error says. */
function saying<T>(beginning: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const said = error instanceof TaError ? error.said : (error as Error).message;
    throw new TaError(sentence`${beginning}${said}`);
  }
}

/**
 * An indicator with its defaults, by id or alias, or a text in the language of `ta.expr`. It reads
 * the price columns that the options name.
 */
export function written(text: string, settings: Pick<Settings, BarField>): NativeExpr {
  return saying(`${CHART}: "${text}" is no column, and `, () => {
    if (/^\w+$/.test(text)) indicatorNamed(text);
    const named = BAR.flatMap((price): [string, string][] => {
      const name = settings[price];
      return typeof name === "string" ? [[price, columnText(name)]] : [];
    });
    const { name, meaning } = bindText(text, { inputs: Object.fromEntries(named) });
    return compile(meaning).alias(name);
  });
}

const isFlag = (type: string): boolean => /^Bool/.test(type);

/** A column that is no indicator: numbers are drawn as a line, flags as marks at the bars. */
function plain({ pane }: ChartIndicator, name: string, expr: NativeExpr, type: string): Found {
  const flag = isFlag(type);
  const output = {
    name,
    role: flag ? "event" : "primary",
    dtype: flag ? "Boolean" : "Float64",
    scale_group: "other",
    display_shift: 0,
  } as const;
  const how = flag
    ? ({ primitive: "marker", style: "marker", pane: pane ?? PANES.overlay ?? "" } as const)
    : ({ primitive: "line", style: "line_1", pane: pane ?? "" } as const);
  return { name, id: "", drawn: [{ field: "", expr, output, ...how }] };
}

/**
 * The outputs of an expression, if it is an indicator or one output of one; else a plain column.
 */
function ofExpr(one: ChartIndicator, expr: NativeExpr, typeOf: TypeOf): Found {
  const tree = asTaError(() => toTree(expr));
  const name = outputName(tree) ?? expr.toString();
  const { id, output } = computed(tree);
  const called = one.id ?? id;
  if (called === undefined) return plain(one, name, expr, typeOf(expr));
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

/** Finds the placeholder inside aliases, groups and fields. */
function computed(tree: Tree): { id?: string; output?: string } {
  const request = requestOf(tree);
  if (request) return { id: request.id };
  const inner = renamed(tree)?.expr ?? overOf(tree)?.function;
  if (inner !== undefined) return computed(inner);
  const field = fieldOf(tree);
  if (!field) return {};
  const { id } = computed(field.of);
  return id === undefined ? {} : { id, output: field.name };
}
