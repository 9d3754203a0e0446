/**
 * Frames that wait: a context that receives `.ta` expressions returns a stand-in for
 * the native lazy frame, which notes what is called on it and runs it on `collect`.
 * Because it stands where the native object stood, every method of a LazyDataFrame,
 * and with them the eager DataFrame's, works on it unchanged.
 */

import { createRequire } from "node:module";
import { TaError } from "../core/errors.js";
import { renamed } from "../polars/ast.js";
import type { AnyFunction, NativeExpr, NativeFrame, NativeLazy } from "../polars/native.js";
import { collect, runAsync, runSync, type Steps } from "../polars/steps.js";
import { fromTree, replace, type Tree, toTree } from "../polars/tree.js";
import type { Select } from "./expand.js";
import { hasPlaceholder } from "./placeholder.js";
import { type Needed, neededBefore } from "./projection.js";
import { Scope } from "./scope.js";

type Evaluate = typeof import("./evaluate.js").evaluate;

let loaded: Evaluate | undefined;

/** What computes, loaded with the first context that has `.ta` expressions: an eighth of the import. */
const evaluate: Evaluate = (...args) => {
  loaded ??= (createRequire(import.meta.url)("./evaluate.js") as { evaluate: Evaluate }).evaluate;
  return loaded(...args);
};

type Args = readonly unknown[];

/** A call that could not be made yet: a method on `on`, or a function of the native module. */
interface Call {
  readonly method: string;
  readonly on: unknown;
  readonly args: Args;
}

/** What a context does with the columns of its frame. */
export const CONTEXTS: Record<string, "keeps" | "replaces" | "joins"> = {
  select: "replaces",
  withColumn: "keeps",
  withColumns: "keeps",
  filter: "keeps",
  sortByExprs: "keeps",
  join: "joins",
};

/** Stands where a native lazy frame stood. Its methods are added by `hooks.ts`, from polars' own list. */
export class Deferred {
  constructor(readonly call: Call) {}

  get columns(): string[] {
    return described(this, (frame) => frame.columns);
  }

  clone(): Deferred {
    return this;
  }

  collect(): Promise<NativeFrame> {
    return runAsync(finish(this, new Scope()));
  }

  collectSync(engine?: string): NativeFrame {
    return runSync(finish(this, new Scope(), engine));
  }

  fetchSync(rows: number): NativeFrame {
    return defer("slice", this, [0, rows]).collectSync();
  }
}

/** Collects a deferred frame. */
function* finish(frame: Deferred, scope: Scope, engine?: string): Steps<NativeFrame> {
  return yield* collect(yield* run<NativeLazy>(frame, scope), engine);
}

/**
 * Makes the calls that a deferred frame has noted; what is not deferred passes through.
 *
 * @param after The columns that are read of the result.
 */
function* run<T>(value: unknown, scope: Scope, after?: Needed): Steps<T> {
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(yield* run(item, scope));
    return items as T;
  }
  if (!(value instanceof Deferred)) return value as T;
  const known = scope.plans(value);
  const key = after ? [...after].sort().join("\0") : undefined;
  // A frame that stands twice in a plan, as in a join with itself, is computed once.
  const plan = known.get(key) ?? (yield* runCall(value.call, scope, after));
  known.set(key, plan);
  return plan as T;
}

function* runCall({ method, on, args }: Call, scope: Scope, after?: Needed): Steps<NativeLazy> {
  if (on instanceof DeferredGroupBy) return yield* runGroupBy(on, method, args, scope);
  if (on instanceof Stage) return yield* on.steps(yield* run(args, scope), scope, after);
  const needed = neededBefore(method, args.slice(0, 1), after);
  const target = yield* run<NativeLazy>(on, scope, needed);
  const ready = yield* run<unknown[]>(args, scope);
  if (!ready.some(hasPlaceholder)) return invoke(target, method, ready);
  return yield* method === "join"
    ? runJoin(target, ready, scope)
    : runContext(target, method, ready, scope, needed);
}

function* runContext(
  target: NativeLazy,
  method: string,
  [exprs, ...rest]: Args,
  scope: Scope,
  needed: Needed,
): Steps<NativeLazy> {
  const list = [exprs].flat() as NativeExpr[];
  const done = yield* evaluate(target, list, scope, { needed });
  if (method === "filter" && done.exprs.length !== 1) {
    throw new TaError(
      `the condition of filter becomes ${done.exprs.length} expressions; combine them with pl.allHorizontal or pl.anyHorizontal`,
    );
  }
  const args = [method === "filter" ? done.exprs[0] : done.exprs, ...rest];
  const result = invoke(done.frame, method === "withColumn" ? "withColumns" : method, args);
  return CONTEXTS[method] === "keeps" ? result.dropColumns(done.hidden) : result;
}

function* runJoin(
  target: NativeLazy,
  [other, leftOn, rightOn, ...rest]: Args,
  scope: Scope,
): Steps<NativeLazy> {
  const left = yield* evaluate(target, leftOn as NativeExpr[], scope);
  const right = yield* evaluate(other as NativeLazy, rightOn as NativeExpr[], scope);
  // Polars does not allow names on join keys, and every .ta expression has one.
  const keys = (exprs: NativeExpr[]) => exprs.map((expr) => fromTree(nameless(toTree(expr))));
  const args = [right.frame, keys(left.exprs), keys(right.exprs), ...rest];
  // As polars does when a key is not a column: what a hidden one is joined with stays.
  args[COALESCE] = false;
  const joined = invoke(left.frame, "join", args);
  const hidden = [...left.hidden, ...right.hidden];
  return joined.dropColumns(joined.columns.filter((name) => hidden.includes(name)));
}

/** Where the native `join` takes whether the two keys become one column. */
const COALESCE = 7;

/** An expression without the names in it. */
function nameless(tree: Tree): Tree {
  return replace(tree, (node) => {
    const named = renamed(node);
    return named && nameless(named.expr);
  });
}

function invoke(target: unknown, method: string, args: Args): NativeLazy {
  return (target as Record<string, AnyFunction>)[method]?.(...args);
}

/** Steps of our own, over frames that are ready when they begin, of whose result some columns are read. */
type StageSteps = (frames: readonly NativeLazy[], scope: Scope, after: Needed) => Steps<NativeLazy>;

class Stage {
  constructor(readonly steps: StageSteps) {}
}

/**
 * A frame that comes of `steps`, which wait for `collect` as everything deferred does.
 * Where the scope only describes, they must give a plan with the same columns and run nothing.
 */
export function deferStage(frames: readonly NativeLazy[], steps: StageSteps): NativeLazy {
  return defer("steps", new Stage(steps), frames) as unknown as NativeLazy;
}

/** The columns of a plan with their types, as the native frame shows them. Nothing is run. */
export function schemaOf(frame: NativeLazy): Record<string, unknown> {
  // Of no rows, polars' optimizer makes an empty frame.
  const read = (plan: NativeLazy) => plan.slice(0, 0).collectSync("auto").schema;
  return frame instanceof Deferred ? described(frame, read) : read(frame);
}

/** Stands where the native group-by of a deferred frame, or of one about to be, stood. */
export class DeferredGroupBy {
  constructor(
    readonly frame: unknown,
    readonly method: string,
    readonly args: Args,
  ) {}

  agg(aggs: unknown[]): Deferred {
    const computed = hasPlaceholder(aggs) || hasPlaceholder(this.args);
    const context = UNSUPPORTED_GROUPS[this.method];
    if (context && computed) throw misplaced(`${context}().agg`);
    return defer("agg", this, [aggs]);
  }

  head(n: number): Deferred {
    return defer("head", this, [n]);
  }

  tail(n: number): Deferred {
    return defer("tail", this, [n]);
  }
}

function* runGroupBy(
  groupBy: DeferredGroupBy,
  method: string,
  args: Args,
  scope: Scope,
): Steps<NativeLazy> {
  let [keys, ...groupRest] = groupBy.args;
  let [aggs, ...rest] = args;
  const computed = hasPlaceholder(keys) || hasPlaceholder(aggs);
  const needed = neededBefore(method, [keys, aggs], undefined);
  let frame = yield* run<NativeLazy>(groupBy.frame, scope, needed);
  const group = (frame: NativeLazy) => invoke(frame, groupBy.method, [keys, ...groupRest]);
  let hidden: string[] = [];
  if (computed) {
    const byKey = yield* evaluate(frame, keys as NativeExpr[], scope, { needed, keys: true });
    ({ frame, hidden } = byKey);
    keys = byKey.exprs;
    if (Array.isArray(aggs)) {
      // A selection does not find the keys of the groups that it is in.
      const select: Select = (selection) => {
        const found = invoke(group(byKey.frame), "agg", [[fromTree(selection)]]).columns;
        return found.slice(byKey.exprs.length).filter((name) => !byKey.hidden.includes(name));
      };
      const partition = byKey.exprs.map(toTree);
      const inGroups = yield* evaluate(frame, aggs as NativeExpr[], scope, {
        partition,
        select,
        needed: needed && new Map([...needed, ...hidden.map((name) => [name, "named"] as const)]),
      });
      ({ exprs: aggs, frame } = inGroups);
    }
  }
  const result = invoke(group(frame), method, [aggs, ...rest]);
  return method === "agg" || hidden.length === 0 ? result : result.dropColumns(hidden);
}

export function defer(method: string, on: unknown, args: Args): Deferred {
  return new Deferred({ method, on, args });
}

export function misplaced(context: string): TaError {
  return new TaError(
    `a .ta expression cannot be computed in ${context}; compute it first with withColumns`,
  );
}

/** Runs `read` on the plan with typed nulls in the place of results. */
export function described<T>(frame: Deferred, read: (plan: NativeLazy) => T): T {
  return read(runSync(run<NativeLazy>(frame, new Scope(true))));
}

/** Group-bys whose groups overlap or are cut by time: an indicator per group has no one meaning. */
export const UNSUPPORTED_GROUPS: Record<string, string> = {
  groupbyDynamic: "groupByDynamic",
  groupbyRolling: "groupByRolling",
};
