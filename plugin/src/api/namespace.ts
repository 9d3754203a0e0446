/**
 * The `.ta` namespaces: one method per catalog entry, for expressions, Series, frames, lazy frames
 * and `ta` itself.
 */

import type { DataFrame, Expr, LazyDataFrame, Series } from "nodejs-polars";
import { operations } from "../bars/load.js";
import type { FrameIndicators } from "../bars/operations.js";
import { type Call, type Defaults, describe, isOptions, parseCall } from "../core/arguments.js";
import { entry, type IndicatorMeta, indicatorNamed } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { type Allowed, checkOptions, FLAG, MISSING, type OptionTypes } from "../core/options.js";
import type { FrameOptions } from "../core/surfaces.js";
import type { CommonOptions } from "../core/types.js";
import { checkUsual } from "../core/usual.js";
import { ids } from "../generated/ids.js";
import type { Indicators } from "../generated/index.js";
import { columnRequest, toExpr } from "../lazy/call.js";
import type { Frame } from "../lazy/frames.js";
import { placeholder, type Request } from "../lazy/placeholder.js";
import { lightExpr } from "../polars/light.js";
import {
  isExpr,
  isSeries,
  type NativeExpr,
  type NativeSeries,
  native,
  wrappers,
} from "../polars/native.js";

/** The values that an input can have. */
const INPUT: Allowed = [
  "a column name, an expression, a Series or a number",
  (value) => ["string", "number"].includes(typeof value) || isExpr(value) || isSeries(value),
];

const DEFAULTS: OptionTypes<Defaults> = {
  missing: MISSING,
  inputs: ["an object of columns by name", isOptions],
};

/** Checks the options of a whole namespace. */
export function defaultsOf(given: unknown): Defaults {
  const { inputs, ...others } = checkOptions("ta()", given, DEFAULTS);
  return inputs ? { ...others, inputs: checkUsual("ta()", inputs, INPUT) } : others;
}

type Method = (...args: unknown[]) => unknown;

/** Computes the result of a call on one kind of object. */
type Compute<T> = (
  subject: T,
  meta: IndicatorMeta,
  args: unknown[],
  defaults: Defaults | undefined,
) => unknown;

/** Methods of one kind of object besides indicators. */
type More<T> = Readonly<
  Record<string, (subject: T, defaults: Defaults | undefined, args: unknown[]) => unknown>
>;

/** A symbol, so that it cannot be the name of an indicator. */
const CALL = Symbol("call");

/** The indicator methods that all namespaces share; each calls `CALL`. */
abstract class Methods {
  abstract [CALL](meta: IndicatorMeta, args: unknown[]): unknown;

  static {
    // Adding hundreds of methods to a class one by one is slow; a plain object as prototype is not.
    const methods: Record<string, Method> = {};
    for (const id of ids) {
      methods[id] = function (this: unknown, ...args: unknown[]) {
        return (this as Methods)[CALL](entry(id), args);
      };
    }
    Object.setPrototypeOf(Methods.prototype, methods);
  }
}

/** A class whose instances have these methods. */
function namespace<T>(
  compute: Compute<T>,
  more: More<T> = {},
): new (
  subject: T,
  defaults?: Defaults,
) => object {
  class Namespace extends Methods {
    readonly #subject: T;
    readonly #defaults: Defaults | undefined;

    constructor(subject: T, defaults?: Defaults) {
      super();
      this.#subject = subject;
      this.#defaults = defaults;
    }

    [CALL](meta: IndicatorMeta, args: unknown[]): unknown {
      return compute(this.#subject, meta, args, this.#defaults);
    }

    static {
      const prototype = Namespace.prototype as unknown as Record<string, Method>;
      for (const [name, method] of Object.entries(more)) {
        prototype[name] = function (this: unknown, ...args: unknown[]) {
          const self = this as Namespace;
          return method(self.#subject, self.#defaults, args);
        };
      }
    }
  }
  return Namespace;
}

const wrapRequest = (request: Request): Expr => lightExpr(placeholder(request));

const ExprNamespace = namespace<NativeExpr>((expr, meta, args, defaults) => {
  const slot = meta.semantics.primary_input;
  const call = parseCall(meta, args, slot, defaults);
  return wrapRequest(columnRequest(meta, call, { slot, expr }));
});

const TopNamespace = namespace<undefined>((_, meta, args, defaults) =>
  wrapRequest(columnRequest(meta, parseCall(meta, args, undefined, defaults))),
);

type Unnest = { unnest(column: string, separator: string): Frame };

const FrameNamespace = namespace<Frame>((frame, meta, args, defaults) => {
  const call = parseCall(meta, args, undefined, defaults, OWN_OPTIONS);
  const { over, as, unnest } = frameOptions(meta, call);
  const request = columnRequest(meta, call);
  let expr = placeholder(request);
  if (over !== undefined) {
    expr = expr.over(over.map((key) => toExpr(meta, "over", key)));
  }
  const name = as ?? request.name;
  const added = (frame as DataFrame).withColumns(lightExpr(expr.alias(name)));
  return unnest && meta.outputs.length > 1 ? (added as Unnest).unnest(name, "_") : added;
}, operations);

/** What calls on frames take beside inputs, parameters and common options. */
const FRAME_OPTIONS: OptionTypes<Omit<FrameOptions, keyof CommonOptions>> = {
  over: ["one or more columns", (value) => [value].flat().length > 0],
  as: ["a string", (value) => typeof value === "string"],
  unnest: FLAG,
};

const OWN_OPTIONS = Object.keys(FRAME_OPTIONS);

function frameOptions(meta: IndicatorMeta, { own }: Call) {
  const { over, ...others } = checkOptions(meta.id, own, FRAME_OPTIONS);
  return { over: over === undefined ? undefined : [over].flat(), ...others };
}

const SeriesNamespace = namespace<{ _s: NativeSeries; name: string }>(
  (series, meta, args, defaults) => {
    const slot = meta.semantics.primary_input;
    const call = parseCall(meta, args, slot, defaults);
    const columns = seriesInputs(meta, call, series);
    const frame = wrappers.frame._DataFrame(new native.JsDataFrame(columns.map((c) => c.series)));
    const inputs = Object.fromEntries(columns.map((c) => [c.slot, c.slot]));
    const request = columnRequest(meta, { ...call, inputs: { ...call.inputs, ...inputs } });
    // Error messages use the caller's names of the Series, not those of this frame.
    const called = new Map(columns.map((c) => [c.slot, c.name]));
    const names = request.names.map((name) => called.get(name) || name);
    return frame.select(wrapRequest({ ...request, names })).toSeries(0);
  },
);

/** The Series of a call, named after their slots. Throws unless all have the same length. */
function seriesInputs(
  meta: IndicatorMeta,
  call: Call,
  primary: { _s: NativeSeries; name: string },
): { slot: string; name: string; series: NativeSeries }[] {
  const columns: { slot: string; name: string; series: NativeSeries; length: number }[] = [];
  for (const { name } of meta.semantics.input_slots) {
    const value = name === meta.semantics.primary_input ? primary : call.inputs[name];
    if (typeof value === "number") continue;
    if (!isSeries(value)) {
      throw new TaError(`${meta.id}: ${name} must be a Series or a number, got ${describe(value)}`);
    }
    const series = value as unknown as { alias(name: string): { _s: NativeSeries }; len(): number };
    columns.push({
      slot: name,
      name: value.name,
      series: series.alias(name)._s,
      length: series.len(),
    });
  }
  if (new Set(columns.map((c) => c.length)).size > 1) {
    const lengths = columns.map((c) => `${c.slot}: ${c.length}`).join(", ");
    throw new TaError(`${meta.id}: inputs must have the same length, got ${lengths}`);
  }
  return columns;
}

/** The indicators of an expression, which fills the primary input. */
export const exprTa = (expr: NativeExpr, defaults?: Defaults) =>
  new ExprNamespace(expr, defaults) as Indicators<"expr">;

/** The indicators of a Series. */
export const seriesTa = (series: Series, defaults?: Defaults) =>
  new SeriesNamespace(
    series as unknown as { _s: NativeSeries; name: string },
    defaults,
  ) as Indicators<"series">;

/** The indicators of a DataFrame; each returns the frame with columns added. */
export const frameTa = (frame: DataFrame, defaults?: Defaults) =>
  new FrameNamespace(frame, defaults) as FrameIndicators<"frame">;

/** The indicators of a LazyDataFrame. */
export const lazyTa = (frame: LazyDataFrame, defaults?: Defaults) =>
  new FrameNamespace(frame, defaults) as FrameIndicators<"lazy">;

/** The indicators over columns by their usual names. */
export const topTa = () => new TopNamespace(undefined) as Indicators<"top">;

/** An indicator by id or alias, for programs that read names from a configuration. */
export function indicator(
  name: string,
  params: Record<string, unknown> = {},
  inputs: Record<string, unknown> = {},
): Expr {
  for (const [what, value] of Object.entries({ params, inputs })) {
    if (isOptions(value)) continue;
    throw new TaError(
      `${name}: ${what} must be an object of values by name, got ${describe(value)}`,
    );
  }
  const meta = indicatorNamed(name);
  return wrapRequest(columnRequest(meta, parseCall(meta, [{ ...params, ...inputs }], undefined)));
}
