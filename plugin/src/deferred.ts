/**
 * Frames that wait: a context that receives `.ta` expressions returns a stand-in for
 * the native lazy frame, which notes what is called on it and runs it on `collect`.
 * Because it stands where the native object stood, every method of a LazyDataFrame,
 * and with them the eager DataFrame's, works on it unchanged.
 */

import { TaError } from "./errors.js";
import { collect, evaluate, Scope } from "./evaluate.js";
import type { Select } from "./expand.js";
import { hasPlaceholder, readable } from "./placeholder.js";
import {
  type AnyFunction,
  type NativeExpr,
  type NativeFrame,
  type NativeLazy,
  native,
} from "./polars.js";
import { type Needed, neededBefore } from "./projection.js";
import { runAsync, runSync, type Steps } from "./steps.js";
import { fromTree, replace, type Tree, toTree } from "./tree.js";

type Args = readonly unknown[];

/** A call that could not be made yet: a method on `on`, or a function of the native module. */
interface Call {
  readonly method: string;
  readonly on: unknown;
  readonly args: Args;
}

/** What a context does with the columns of its frame. */
const CONTEXTS: Record<string, "keeps" | "replaces" | "joins"> = {
  select: "replaces",
  withColumn: "keeps",
  withColumns: "keeps",
  filter: "keeps",
  sortByExprs: "keeps",
  join: "joins",
};

/** The methods of the native classes as polars made them. */
const original = {
  lazy: { ...Object.getOwnPropertyDescriptors(native.JsLazyFrame.prototype) },
  groupBy: { ...Object.getOwnPropertyDescriptors(native.JsLazyGroupBy.prototype) },
};

/** Stands where a native lazy frame stood. Its methods are added below, from polars' own list. */
export class Deferred {
  constructor(readonly call: Call) {}

  get columns(): string[] {
    return described(this, (frame) => frame.columns);
  }

  clone(): Deferred {
    return this;
  }

  collect(): Promise<NativeFrame> {
    const scope = new Scope();
    return runAsync(finish(this, scope)).finally(() => scope.close());
  }

  collectSync(_engine?: string): NativeFrame {
    const scope = new Scope();
    try {
      return runSync(finish(this, scope));
    } finally {
      scope.close();
    }
  }

  fetchSync(rows: number): NativeFrame {
    return defer("slice", this, [0, rows]).collectSync();
  }
}

/** Collects a deferred frame. */
function* finish(frame: Deferred, scope: Scope): Steps<NativeFrame> {
  return yield* collect(yield* run<NativeLazy>(frame, scope));
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
  const { method, on, args } = value.call;
  if (on instanceof DeferredGroupBy) return (yield* runGroupBy(on, method, args, scope)) as T;
  if (on instanceof Stage) return (yield* on.steps(yield* run(args, scope), scope)) as T;
  const needed = neededBefore(method, args.slice(0, 1), after);
  const target = yield* run<NativeLazy>(on, scope, needed);
  const ready = yield* run<unknown[]>(args, scope);
  if (!ready.some(hasPlaceholder)) return invoke(target, method, ready) as T;
  return (yield* method === "join"
    ? runJoin(target, ready, scope)
    : runContext(target, method, ready, scope, needed)) as T;
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
  const keys = (exprs: NativeExpr[]) => exprs.map((expr) => fromTree(unnamed(toTree(expr))));
  const args = [right.frame, keys(left.exprs), keys(right.exprs), ...rest];
  // As polars does when a key is not a column: what a hidden one is joined with stays.
  args[COALESCE] = false;
  const joined = invoke(left.frame, "join", args);
  const hidden = [...left.hidden, ...right.hidden];
  return joined.dropColumns(joined.columns.filter((name) => hidden.includes(name)));
}

/** Where the native `join` takes whether the two keys become one column. */
const COALESCE = 7;

function unnamed(tree: Tree): Tree {
  return replace(tree, (node) => {
    const [inner] = (node as { Alias?: [Tree, string] }).Alias ?? [];
    return inner === undefined ? undefined : unnamed(inner);
  });
}

function invoke(target: unknown, method: string, args: Args): NativeLazy {
  return (target as Record<string, AnyFunction>)[method]?.(...args);
}

/** Steps of our own, over frames that are ready when they begin. */
type StageSteps = (frames: readonly NativeLazy[], scope: Scope) => Steps<NativeLazy>;

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
class DeferredGroupBy {
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
        needed: needed && new Set([...needed, ...hidden]),
      });
      ({ exprs: aggs, frame } = inGroups);
    }
  }
  const result = invoke(group(frame), method, [aggs, ...rest]);
  return method === "agg" || hidden.length === 0 ? result : result.dropColumns(hidden);
}

function defer(method: string, on: unknown, args: Args): Deferred {
  return new Deferred({ method, on, args });
}

export function misplaced(context: string): TaError {
  return new TaError(
    `a .ta expression cannot be computed in ${context}; compute it first with withColumns`,
  );
}

/** Runs `read` on the plan with typed nulls in the place of results. */
function described<T>(frame: Deferred, read: (plan: NativeLazy) => T): T {
  return read(runSync(run<NativeLazy>(frame, new Scope(true))));
}

const isDeferred = (value: unknown): boolean =>
  value instanceof Deferred || (Array.isArray(value) && value.some(isDeferred));

/** Whether a call has to wait. Throws where a placeholder stands in no context of ours. */
function mustWait(method: string, args: Args): boolean {
  if (isDeferred(args)) return true;
  if (!args.some(hasPlaceholder)) return false;
  if (!(method in CONTEXTS)) throw misplaced(method);
  return true;
}

const READS_PLAN = ["describePlan", "describeOptimizedPlan", "toDot"];

/** A stored plan would hold what stands in for the results. */
const STORES_PLAN = ["serialize", "toJs"];

/** Group-bys whose groups overlap or are cut by time: an indicator per group has no one meaning. */
const UNSUPPORTED_GROUPS: Record<string, string> = {
  groupbyDynamic: "groupByDynamic",
  groupbyRolling: "groupByRolling",
};

const GROUPS = ["groupby", ...Object.keys(UNSUPPORTED_GROUPS)];

/** Puts the hooks into the native classes. Called once, when the plugin is loaded. */
export function hookNative(): void {
  const lazy = native.JsLazyFrame.prototype;
  const standIn = Deferred.prototype as unknown as Record<string, AnyFunction>;
  for (const [method, { value }] of Object.entries(original.lazy)) {
    if (method === "constructor" || typeof value !== "function") continue;
    if (READS_PLAN.includes(method)) {
      standIn[method] ??= function (this: Deferred, ...args: unknown[]) {
        return described(this, (plan) => {
          const answer = value.apply(plan, args);
          return typeof answer === "string" ? readable(answer) : answer;
        });
      };
    } else if (STORES_PLAN.includes(method)) {
      standIn[method] = () => {
        throw new TaError(
          "a LazyFrame with .ta expressions cannot be serialized; serialize the expressions, or what collect gives",
        );
      };
    } else if (GROUPS.includes(method)) {
      standIn[method] ??= function (this: Deferred, ...args: unknown[]) {
        return new DeferredGroupBy(this, method, args);
      };
      lazy[method] = function (this: NativeLazy, ...args: unknown[]) {
        const made = value.apply(this, args);
        grouped.set(made, new DeferredGroupBy(this, method, args));
        return made;
      };
    } else if (!Object.hasOwn(Deferred.prototype, method)) {
      standIn[method] = function (this: Deferred, ...args: unknown[]) {
        mustWait(method, args);
        return defer(method, this, args);
      };
      lazy[method] = function (this: NativeLazy, ...args: unknown[]) {
        return mustWait(method, args) ? defer(method, this, args) : value.apply(this, args);
      };
    }
  }
  hookGroupBy();
  hookPivot();
  hookFunctions();
}

/** What each native group-by was made from, in case its aggregation has to wait. */
const grouped = new WeakMap<object, DeferredGroupBy>();

function hookGroupBy(): void {
  for (const method of ["agg", "head", "tail"] as const) {
    const plain = original.groupBy[method]?.value as AnyFunction;
    native.JsLazyGroupBy.prototype[method] = function (this: object, arg: never) {
      const from = grouped.get(this);
      const waits = hasPlaceholder(arg) || (from && hasPlaceholder(from.args));
      return waits && from ? from[method](arg) : plain.call(this, arg);
    };
  }
}

/** `pivot` is the one method of a native eager frame that takes an expression. */
function hookPivot(): void {
  const frame = native.JsDataFrame.prototype;
  const pivot = frame.pivot as AnyFunction;
  frame.pivot = function (this: object, ...args: unknown[]) {
    // Here polars takes the wrapper of the expression.
    const exprs = args.map((arg) => (arg as { _expr?: unknown } | null)?._expr ?? arg);
    if (hasPlaceholder(exprs)) throw misplaced("pivot");
    return pivot.apply(this, args);
  };
}

/** Functions of the native module that take lazy frames. */
function hookFunctions(): void {
  const { concatLf } = native;
  native.concatLf = (...args) =>
    isDeferred(args)
      ? (defer("concatLf", native, args) as unknown as NativeLazy)
      : concatLf(...args);
  const register = native.SqlContext.prototype.register as AnyFunction;
  native.SqlContext.prototype.register = function (this: object, name: string, frame: unknown) {
    return register.call(
      this,
      name,
      frame instanceof Deferred ? frame.collectSync().lazy() : frame,
    );
  };
}
