/**
 * One frame context with `.ta` expressions: find the requests in its expressions,
 * compute them, and put hidden columns in their place.
 */

import { addon, type Exchange } from "./addon.js";
import { TaError } from "./errors.js";
import { expand } from "./expand.js";
import { label, type Request, requestOf } from "./placeholder.js";
import { DataType, type NativeExpr, type NativeFrame, type NativeLazy, native } from "./polars.js";
import { type Step, type Steps, take } from "./steps.js";
import { alias, column, columnName, fromTree, replace, some, type Tree, toTree } from "./tree.js";

/** What one run holds until its last frame has been collected. */
export class Scope {
  readonly #exchanges: Exchange[] = [];
  #hidden = 0;

  /**
   * @param describeOnly Stand in for results with typed nulls: enough for a schema or
   * a readable plan, and nothing is computed.
   */
  constructor(readonly describeOnly = false) {}

  open(): Exchange {
    const exchange = new addon.Exchange(process.env.TA_EXCHANGE);
    this.#exchanges.push(exchange);
    return exchange;
  }

  hiddenName(request: Request): string {
    const number = this.#hidden++;
    return this.describeOnly ? `${label(request)}#${number}` : `__ta_${number}`;
  }

  close(): void {
    for (const exchange of this.#exchanges.splice(0)) exchange.close();
  }
}

/** A request found in a context, with its inputs free of placeholders. */
interface Job {
  readonly request: Request;
  readonly inputs: readonly Tree[];
  readonly partition: readonly Tree[] | null;
  readonly hidden: string;
  /** 0 when the inputs need no other job's result, else one more than they do. */
  readonly level: number;
}

/** The frame with hidden columns, and the expressions that use them. */
export interface Evaluated {
  readonly frame: NativeLazy;
  readonly exprs: NativeExpr[];
  readonly hidden: string[];
}

/**
 * Computes every request in `exprs` over `frame`.
 *
 * @param partition The group keys of an enclosing `groupBy`, if any.
 */
export function* evaluate(
  frame: NativeLazy,
  exprs: readonly NativeExpr[],
  scope: Scope,
  partition: readonly Tree[] | null = null,
): Steps<Evaluated> {
  const jobs = new Map<string, Job>();
  const trees = exprs.map(toTree).flatMap((tree) => expand(tree, frame));
  const rewritten = trees.map((tree) => rewrite(tree, partition, jobs, scope));
  let current = scope.describeOnly ? frame : (yield* collect(frame)).lazy();
  const levels = Map.groupBy(jobs.values(), (job) => job.level);
  for (let level = 0; level < levels.size; level += 1) {
    const batch = levels.get(level) ?? [];
    current = scope.describeOnly
      ? current.withColumns(batch.map(standIn))
      : yield* compute(current, batch, scope);
  }
  const hidden = [...jobs.values()].map((job) => job.hidden);
  return { frame: current, exprs: rewritten.map(fromTree), hidden };
}

/** Replaces placeholders by hidden columns, noting the jobs that fill those. */
function rewrite(
  tree: Tree,
  partition: readonly Tree[] | null,
  jobs: Map<string, Job>,
  scope: Scope,
): Tree {
  return replace(tree, (node) => {
    const request = requestOf(node);
    if (request) return column(plan(request, partition, jobs, scope));
    const { Over: over, ...other } = node as { Over?: OverNode };
    if (over && some(over.function, isPlaceholder)) {
      return rewriteOver(over, jobs, scope);
    }
    for (const kind of ["Eval", "StructEval", "Rolling"]) {
      if (kind in other && some(node, isPlaceholder)) {
        throw new TaError(
          `a .ta expression cannot be computed inside ${kind.toLowerCase()}; compute it in a column first`,
        );
      }
    }
    return undefined;
  });
}

type OverNode = { function: Tree; partition_by: readonly Tree[]; order_by: Tree; mapping: Tree };

function rewriteOver(over: OverNode, jobs: Map<string, Job>, scope: Scope): Tree {
  if (over.order_by !== null) {
    throw new TaError("a .ta expression cannot be computed over an order; sort the frame first");
  }
  const keys = over.partition_by.map((key) => rewrite(key, null, jobs, scope));
  const inner = rewrite(over.function, keys, jobs, scope);
  // The hidden column is computed within the groups already.
  if (isRenamedPlaceholder(over.function)) return inner;
  return { Over: { ...over, function: inner, partition_by: keys } };
}

const isPlaceholder = (node: Tree): boolean => requestOf(node) !== undefined;

function isRenamedPlaceholder(tree: Tree): boolean {
  const renamed = (tree as { Alias?: [Tree, string] }).Alias;
  return renamed ? isRenamedPlaceholder(renamed[0]) : isPlaceholder(tree);
}

/** Notes the job for a request, once, and returns its hidden column. */
function plan(
  request: Request,
  partition: readonly Tree[] | null,
  jobs: Map<string, Job>,
  scope: Scope,
): string {
  const inputs = request.inputs.map((input) => rewrite(input, partition, jobs, scope));
  const { id, params, missing } = request;
  const key = JSON.stringify([id, params, missing, inputs, partition]);
  const known = jobs.get(key);
  if (known) return known.hidden;
  const needs = (tree: Tree, job: Job) => some(tree, (node) => columnName(node) === job.hidden);
  const used = [...jobs.values()].filter((job) =>
    [...inputs, ...(partition ?? [])].some((tree) => needs(tree, job)),
  );
  const level = Math.max(-1, ...used.map((job) => job.level)) + 1;
  const job = { request, inputs, partition, hidden: scope.hiddenName(request), level };
  jobs.set(key, job);
  return job.hidden;
}

/** A typed null column in the place of a result. */
function standIn({ request, hidden }: Job): NativeExpr {
  const nulls = request.outputs.map(({ name, dtype }) => {
    const type = DataType[dtype === "Boolean" ? "Bool" : dtype];
    return native.lit(null).cast(type, false).alias(name);
  });
  const [only] = nulls;
  return (nulls.length === 1 && only ? only : native.asStruct(nulls)).alias(hidden);
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

/** Columns handed over to the addon, each once. */
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

  get columns(): string[] {
    return this.exprs.map((_, index) => `${this.prefix}${index}`);
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
      return inputs.add(JSON.stringify(whole), name, () => fromTree(whole));
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
  const handed = [...inputs.columns, ...partitions.columns].map((name) => native.col(name));
  yield* collect(wide.select(handed).sinkIpc(exchange.inputPath, SINK_OPTIONS));
  const plan = { columns: inputs.names, partitions: partitions.exprs.length, tasks };
  const results = yield* take(computing(exchange, JSON.stringify(plan)));
  return native.concatLf(
    [frame, native.scanIpc(results, {})],
    "horizontal",
    false,
    true,
    true,
    true,
  );
}

/** An input expression is evaluated within the groups that its indicator is. */
function withinGroups(tree: Tree, partition: readonly Tree[] | null): Tree {
  if (partition === null || columnName(tree) !== undefined) return tree;
  return {
    Over: { function: tree, partition_by: partition, order_by: null, mapping: "GroupsToRows" },
  };
}

function* collect(frame: NativeLazy): Steps<NativeFrame> {
  return yield* take({ sync: () => frame.collectSync("auto"), async: () => frame.collect() });
}

function computing(exchange: Exchange, plan: string): Step<string> {
  const refused = (error: unknown): never => {
    throw new TaError(error instanceof Error ? error.message : String(error));
  };
  return {
    sync: () => {
      try {
        return exchange.computeSync(plan);
      } catch (error) {
        return refused(error);
      }
    },
    async: () => exchange.compute(plan).catch(refused),
  };
}
