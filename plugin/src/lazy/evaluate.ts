/**
 * Evaluates one context: computes the requests in its expressions and replaces them by hidden
 * columns.
 */

import { matching } from "../core/usual.js";
import { compute } from "../exchange/exchange.js";
import type { Job } from "../exchange/job.js";
import { DataType, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { isNative, NotInPolars, withPlugins } from "../polars/plugin.js";
import { collect, type Steps } from "../polars/steps.js";
import { fromTree, type Tree, toTree } from "../polars/tree.js";
import { expand, expandAll, type FrameColumns, type Select } from "./expand.js";
import { Jobs } from "./jobs.js";
import { hasPlaceholder, hasSelection } from "./placeholder.js";
import type { Needed } from "./projection.js";
import type { Scope } from "./scope.js";

/** The frame with hidden columns, and the expressions that use them. */
export interface Evaluated {
  readonly frame: NativeLazy;
  readonly exprs: NativeExpr[];
  readonly hidden: string[];
}

/** What surrounds the expressions of a context. */
export interface Surroundings {
  /** The group keys of an enclosing `groupBy`. */
  readonly partition?: readonly Tree[];
  /** The columns that the context and later calls read; undefined if it may be any. */
  readonly needed?: Needed;
  /** Finds the columns of a selection, if the context does so in another way than `select`. */
  readonly select?: Select;
  /** The expressions are group keys: each selection becomes one expression per column. */
  readonly keys?: boolean;
  /** The results must be columns, also in native mode. */
  readonly copies?: boolean;
}

/** Computes every request in `exprs` over `frame`. */
export function* evaluate(
  frame: NativeLazy,
  exprs: readonly NativeExpr[],
  scope: Scope,
  { partition, needed, select = selectIn(frame), keys = false, copies = false }: Surroundings = {},
): Steps<Evaluated> {
  const jobs = new Jobs(scope.hiddenName);
  let columns: readonly string[] | undefined;
  const available: FrameColumns = {
    select,
    columns: () => {
      columns ??= frame.columns;
      return columns;
    },
  };
  if (isNative() && !copies) {
    const expanded = (expr: NativeExpr) => (keys ? expandAll : expand)(toTree(expr), available);
    const plugins = inPolars(exprs, expanded, partition !== undefined);
    if (plugins) return { frame, exprs: plugins, hidden: [] };
    // Nothing can be computed yet, so the frame must be deferred.
    if (scope.planOnly) throw new NotInPolars();
  }
  const ready = exprs.flatMap((expr) => {
    if (isPlain(expr)) return [expr];
    const trees = (keys ? expandAll : expand)(toTree(expr), available);
    return trees.map((tree) => fromTree(jobs.rewrite(tree, partition ?? null)));
  });
  if (jobs.all().length === 0) return { frame, exprs: ready, hidden: [] };
  const narrow = narrowed(frame, needed, available);
  const levels = jobs.levels();
  let current = narrow;
  if (scope.describeOnly) {
    for (const level of levels) current = current.withColumns(level.map(standIn));
  } else {
    let collected = yield* collect(narrow);
    for (const level of levels) collected = yield* compute(collected, level);
    current = collected.lazy();
  }
  const hidden = jobs.all().map((job) => job.hidden);
  return { frame: current, exprs: ready, hidden };
}

/** The expressions with indicators as plugins of polars; undefined if one is too large for that. */
function inPolars(
  exprs: readonly NativeExpr[],
  expanded: (expr: NativeExpr) => readonly Tree[],
  grouped: boolean,
): NativeExpr[] | undefined {
  try {
    return exprs.flatMap((expr) =>
      hasPlaceholder(expr)
        ? expanded(expr).map((tree) => fromTree(withPlugins(tree, grouped)))
        : [expr],
    );
  } catch (error) {
    if (error instanceof NotInPolars) return undefined;
    throw error;
  }
}

/**
 * Whether an expression can stay as it is: without placeholders, and without selections that could
 * match hidden columns.
 */
function isPlain(expr: NativeExpr): boolean {
  return !hasPlaceholder(expr) && !hasSelection(expr);
}

const selectIn =
  (frame: NativeLazy): Select =>
  (selection) =>
    frame.select([fromTree(selection)]).columns;

/** The frame with only the columns that are read, so that polars loads no others. */
function narrowed(frame: NativeLazy, needed: Needed, available: FrameColumns): NativeLazy {
  if (!needed || needed.size === 0) return frame;
  const columns = available.columns();
  const known = new Set(columns);
  const read = new Set<string>();
  for (const [name, how] of needed) {
    const [found = name, ...others] = how === "usual" ? matching(name, columns) : [];
    // Polars reports a missing column, and lists those of the whole frame.
    if (!known.has(found) || others.length > 0) return frame;
    read.add(found);
  }
  if (read.size === columns.length) return frame;
  return frame.select(columns.filter((name) => read.has(name)).map((name) => native.col(name)));
}

/**
 * A column of the result's type that reads the same columns. Like the result, it stops polars from
 * pushing filters and slices past it.
 */
function standIn({ request, inputs, partition, hidden }: Job): NativeExpr {
  const reads = [...inputs, ...(partition ?? [])];
  const fields = reads.map((tree, index) => fromTree(tree).alias(`${index}`));
  const read = native.asStruct(fields).first();
  const typed = request.outputs.map(({ name, dtype }) =>
    read.cast(DataType[dtype === "Boolean" ? "Bool" : dtype], false).alias(name),
  );
  const [only] = typed;
  return (typed.length === 1 && only ? only : native.asStruct(typed)).alias(hidden);
}
