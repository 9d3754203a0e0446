/**
 * One frame context with `.ta` expressions: compute what they ask for and put hidden
 * columns in their place.
 */

import { addon, type Exchange } from "./addon.js";
import { asTaError, taError } from "./errors.js";
import { expand, expandAll, type Select } from "./expand.js";
import { type Job, Jobs } from "./jobs.js";
import { hasPlaceholder, label, type Request } from "./placeholder.js";
import { DataType, type NativeExpr, type NativeFrame, type NativeLazy, native } from "./polars.js";
import { type Step, type Steps, take } from "./steps.js";
import { columnName, fromTree, type Tree, toTree } from "./tree.js";

/** What one run holds until its last frame has been collected. */
export class Scope {
  readonly #exchanges: Exchange[] = [];
  #hidden = 0;

  /**
   * @param describeOnly Stand in for results with columns of their type: enough for a
   * schema or a readable plan, and nothing is computed.
   */
  constructor(readonly describeOnly = false) {}

  open(): Exchange {
    const exchange = new addon.Exchange(process.env.TA_EXCHANGE);
    this.#exchanges.push(exchange);
    return exchange;
  }

  hiddenName = (request: Request): string => {
    const number = this.#hidden++;
    return this.describeOnly ? `${label(request)}#${number}` : `__ta_${number}`;
  };

  close(): void {
    for (const exchange of this.#exchanges.splice(0)) exchange.close();
  }
}

/** The frame with hidden columns, and the expressions that use them. */
export interface Evaluated {
  readonly frame: NativeLazy;
  readonly exprs: NativeExpr[];
  readonly hidden: string[];
}

/** Where a context stands. */
export interface Around {
  /** The group keys of an enclosing `groupBy`. */
  readonly partition?: readonly Tree[];
  /** The columns that it and what follows read; all when not known. */
  readonly needed?: ReadonlySet<string> | undefined;
  /** What a selection of columns finds, where that is not what `select` finds. */
  readonly select?: Select;
  /** The expressions are group keys: each must be one. */
  readonly keys?: boolean;
}

/** Computes every request in `exprs` over `frame`. */
export function* evaluate(
  frame: NativeLazy,
  exprs: readonly NativeExpr[],
  scope: Scope,
  { partition, needed, select = selectIn(frame), keys = false }: Around = {},
): Steps<Evaluated> {
  const jobs = new Jobs(scope.hiddenName);
  const ready = exprs.flatMap((expr) => {
    if (isPlain(expr)) return [expr];
    const trees = (keys ? expandAll : expand)(toTree(expr), select);
    return trees.map((tree) => fromTree(jobs.rewrite(tree, partition ?? null)));
  });
  if (jobs.all().length === 0) return { frame, exprs: ready, hidden: [] };
  const narrow = narrowed(frame, needed);
  let current = scope.describeOnly ? narrow : (yield* collect(narrow)).lazy();
  for (const level of jobs.levels()) {
    current = scope.describeOnly
      ? current.withColumns(level.map(standIn))
      : yield* compute(current, level, scope);
  }
  const hidden = jobs.all().map((job) => job.hidden);
  return { frame: current, exprs: ready, hidden };
}

/** Whether hidden columns make no difference to an expression: it can stay as it is. */
function isPlain(expr: NativeExpr): boolean {
  return !hasPlaceholder(expr) && !/\bcs\.\w+\(/.test(expr.toString());
}

const selectIn =
  (frame: NativeLazy): Select =>
  (selection) =>
    frame.select([fromTree(selection)]).columns;

/** The frame with only the columns that are read, so that no others are loaded. */
function narrowed(frame: NativeLazy, needed: ReadonlySet<string> | undefined): NativeLazy {
  if (!needed || needed.size === 0) return frame;
  const columns = frame.columns.filter((name) => needed.has(name));
  // A name that is not there is for polars to complain about, with all that are.
  const complete = columns.length === needed.size && columns.length < frame.columns.length;
  return complete ? frame.select(columns.map((name) => native.col(name))) : frame;
}

/**
 * A column of a result's type that reads the same columns, and that filters and slices
 * cannot be pushed past either.
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

const ROW = "__ta_row";

const SINK_OPTIONS = {
  compression: "uncompressed",
  // The oldest level has no string views, which the reader does not know.
  compatLevel: "oldest",
  syncOnClose: "none",
  maintainOrder: true,
  mkdir: false,
};

/** Columns handed over to the addon, equal ones once. */
class Columns {
  readonly exprs: NativeExpr[] = [];
  readonly names: string[] = [];
  readonly #index = new Map<string, number>();

  constructor(readonly prefix: string) {}

  add(key: string, name: string, make: () => NativeExpr): number {
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    const index = this.exprs.length;
    this.#index.set(key, index);
    this.names.push(name);
    this.exprs.push(make().alias(`${this.prefix}${index}`));
    return index;
  }

  read(): NativeExpr[] {
    return this.exprs.map((_, index) => native.col(`${this.prefix}${index}`));
  }
}

/** Computes jobs whose inputs are all columns of `frame`, and adds their results to it. */
function* compute(frame: NativeLazy, jobs: readonly Job[], scope: Scope): Steps<NativeLazy> {
  const inputs = new Columns("__ta_in_");
  const partitions = new Columns("__ta_group_");
  const tasks = jobs.map(({ request, inputs: trees, partition, hidden }) => ({
    id: request.id,
    params: request.params,
    ...(request.missing === undefined ? {} : { missing: request.missing }),
    column: hidden,
    inputs: trees.map((tree, slot) => {
      const whole = withinGroups(tree, partition);
      const name = request.names[slot] ?? "";
      // A column of keys is read in another way than one of numbers.
      const kind = request.kinds[slot] ?? "number";
      return inputs.add(`${kind} ${JSON.stringify(whole)}`, name, () => fromTree(whole));
    }),
    partition:
      partition &&
      partitions.add(JSON.stringify(partition), "", () =>
        native.col(ROW).first().over(partition.map(fromTree)),
      ),
  }));
  const exchange = scope.open();
  const indexed = partitions.exprs.length > 0 ? frame.withRowIndex(ROW, 0) : frame;
  // All columns of a frame are of its height: literals and aggregates are stretched to it.
  const wide = indexed.withColumns([...inputs.exprs, ...partitions.exprs]);
  const handed = wide.select([...inputs.read(), ...partitions.read()]);
  yield* collect(handed.sinkIpc(exchange.inputPath, SINK_OPTIONS));
  const plan = { columns: inputs.names, partitions: partitions.exprs.length, tasks };
  const results = native.scanIpc(yield* take(computing(exchange, JSON.stringify(plan))), {});
  return native.concatLf([frame, results], "horizontal", false, true, true, true);
}

/** An input expression is evaluated within the groups that its indicator is. */
function withinGroups(tree: Tree, partition: readonly Tree[] | null): Tree {
  if (partition === null || columnName(tree) !== undefined) return tree;
  return {
    Over: { function: tree, partition_by: partition, order_by: null, mapping: "GroupsToRows" },
  };
}

/** Runs a plan. */
export function collect(frame: NativeLazy, engine = "auto"): Steps<NativeFrame> {
  return take({ sync: () => frame.collectSync(engine), async: () => frame.collect() });
}

function computing(exchange: Exchange, plan: string): Step<string> {
  return {
    sync: () => asTaError(() => exchange.computeSync(plan)),
    async: () => exchange.compute(plan).catch((error) => Promise.reject(taError(error))),
  };
}
