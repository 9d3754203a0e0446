/**
 * Deferred frames. A context that receives `.ta` expressions returns a stand-in for the native lazy
 * frame, which records later calls and replays them on `collect`. It has all methods of the native
 * object, so those of LazyDataFrame and DataFrame work on it unchanged.
 */

import { createRequire } from "node:module";
import { TaError } from "../core/errors.js";
import { renamed } from "../polars/ast.js";
import type { AnyFunction, NativeExpr, NativeFrame, NativeLazy } from "../polars/native.js";
import { isNative, NotInPolars } from "../polars/plugin.js";
import { collect, runAsync, runSync, type Steps } from "../polars/steps.js";
import { fromTree, replace, type Tree, toTree } from "../polars/tree.js";
import type { Select } from "./expand.js";
import { hasPlaceholder } from "./placeholder.js";
import { type Needed, neededBefore } from "./projection.js";
import { Scope } from "./scope.js";

type Evaluate = typeof import("./evaluate.js").evaluate;

let loaded: Evaluate | undefined;

/** Loaded with the first context that has `.ta` expressions: it takes an eighth of the import. */
const evaluate: Evaluate = (...args) => {
  loaded ??= (createRequire(import.meta.url)("./evaluate.js") as { evaluate: Evaluate }).evaluate;
  return loaded(...args);
};

type Args = readonly unknown[];

/** A recorded call: a method of `on`, or a function of the native module. */
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

/**
 * The stand-in for a native lazy frame. `hooks.ts` adds its methods, one for each of polars' own.
 */
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
 * Makes the calls that a deferred frame has recorded, also inside lists. Any other value is
 * returned unchanged.
 *
 * @param after The columns of the result that later calls read.
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
  // A frame that is used twice in a plan, as in a join with itself, is computed once.
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
  // Polars takes no plugins as join keys.
  const columns = { copies: true };
  const left = yield* evaluate(target, leftOn as NativeExpr[], scope, columns);
  const right = yield* evaluate(other as NativeLazy, rightOn as NativeExpr[], scope, columns);
  // Polars refuses aliases on join keys, and every `.ta` expression has one.
  const keys = (exprs: NativeExpr[]) => exprs.map((expr) => fromTree(nameless(toTree(expr))));
  const args = [right.frame, keys(left.exprs), keys(right.exprs), ...rest];
  // Without coalescing, as polars joins on keys that are expressions: the column joined to a hidden
  // one stays.
  args[COALESCE] = false;
  const joined = invoke(left.frame, "join", args);
  const hidden = [...left.hidden, ...right.hidden];
  return joined.dropColumns(joined.columns.filter((name) => hidden.includes(name)));
}

/** Index of the argument of native `join` that merges the two key columns into one. */
const COALESCE = 7;

/** An expression without the aliases in it. */
function nameless(tree: Tree): Tree {
  return replace(tree, (node) => {
    const named = renamed(node);
    return named && nameless(named.expr);
  });
}

function invoke(target: unknown, method: string, args: Args): NativeLazy {
  return (target as Record<string, AnyFunction>)[method]?.(...args);
}

/**
 * Steps of our own over plans that are ready when they begin. Later calls read the columns `after`
 * of their result.
 */
type StageSteps = (frames: readonly NativeLazy[], scope: Scope, after: Needed) => Steps<NativeLazy>;

class Stage {
  constructor(readonly steps: StageSteps) {}
}

/**
 * A frame that `steps` make on `collect`. If the scope only describes, they must return a plan with
 * the same columns and run nothing.
 */
export function deferStage(frames: readonly NativeLazy[], steps: StageSteps): NativeLazy {
  return defer("steps", new Stage(steps), frames) as unknown as NativeLazy;
}

/** The columns of a plan with their types in polars' form. Nothing is computed. */
export function schemaOf(frame: NativeLazy): Record<string, unknown> {
  // For a slice of no rows, polars' optimizer makes an empty frame at once.
  const read = (plan: NativeLazy) => plan.slice(0, 0).collectSync("auto").schema;
  return frame instanceof Deferred ? described(frame, read) : read(frame);
}

/**
 * The stand-in for the native group-by of a deferred frame, or of one that may become deferred.
 */
export class DeferredGroupBy {
  constructor(
    readonly frame: unknown,
    readonly method: string,
    readonly args: Args,
  ) {}

  agg(aggs: unknown[]): Deferred {
    const computed = hasPlaceholder(aggs) || hasPlaceholder(this.args);
    const context = UNSUPPORTED_GROUPS[this.method];
    if (!context || !computed) return defer("agg", this, [aggs]);
    const inPolars = isNative() && !hasPlaceholder(this.args) && !(this.frame instanceof Deferred);
    if (!inPolars) throw misplaced(`${context}().agg`);
    return this.#aggInPolars(aggs as NativeExpr[], context) as unknown as Deferred;
  }

  /** Polars computes an indicator of overlapping groups: each group by itself. */
  #aggInPolars(aggs: readonly NativeExpr[], context: string): NativeLazy {
    const select: Select = () => {
      throw misplaced(`${context}().agg with a selection of columns`);
    };
    const frame = this.frame as NativeLazy;
    try {
      const { exprs } = runSync(evaluate(frame, aggs, new Scope(false, true), { select }));
      return invoke(invoke(frame, this.method, this.args), "agg", [exprs]);
    } catch (error) {
      throw error instanceof NotInPolars ? misplaced(`${context}().agg`) : error;
    }
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
      // Inside `agg`, a selection does not match the group keys.
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

/** The frame after a call: a plan of polars in native mode, if that is possible. */
export function defer(method: string, on: unknown, args: Args): Deferred {
  const call = { method, on, args };
  if (isNative() && method !== "join" && !(on instanceof Stage) && !readsDeferred(call)) {
    try {
      return runSync(runCall(call, new Scope(false, true))) as unknown as Deferred;
    } catch (error) {
      // A refusal comes when the frame is collected, as it does without native mode.
      if (!(error instanceof NotInPolars || error instanceof TaError)) throw error;
    }
  }
  return new Deferred(call);
}

function readsDeferred({ on, args }: Call): boolean {
  const isDeferred = (value: unknown): boolean =>
    value instanceof Deferred || (Array.isArray(value) && value.some(isDeferred));
  return isDeferred([on instanceof DeferredGroupBy ? on.frame : on, args]);
}

export function misplaced(context: string): TaError {
  return new TaError(
    `a .ta expression cannot be computed in ${context}; compute it first with withColumns`,
  );
}

/** Runs `read` on the plan, with typed columns instead of results. */
export function described<T>(frame: Deferred, read: (plan: NativeLazy) => T): T {
  return read(runSync(run<NativeLazy>(frame, new Scope(true))));
}

/**
 * Group-bys with overlapping groups or groups by time: an indicator of such a group is ambiguous.
 */
export const UNSUPPORTED_GROUPS: Record<string, string> = {
  groupbyDynamic: "groupByDynamic",
  groupbyRolling: "groupByRolling",
};
