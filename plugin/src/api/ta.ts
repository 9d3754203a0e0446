/** `ta`: the indicators, and functions about them. */

import { createRequire } from "node:module";
import type { DataFrame, Expr, LazyDataFrame, Series } from "nodejs-polars";
import { compute } from "../arrays/compute.js";
import { split, uniqueness } from "../bars/load.js";
import type { FrameIndicators } from "../bars/operations.js";
import type { Fold, SplitOptions } from "../bars/split.js";
import type { UniquenessOptions } from "../bars/uniqueness.js";
import type { Chart } from "../chart/chart.js";
import { topChart } from "../chart/load.js";
import type { ChartOptions } from "../chart/options.js";
import { check } from "../check/load.js";
import type { CheckOptions } from "../check/options.js";
import type { CheckReport } from "../check/report.js";
import { type Defaults, describe } from "../core/arguments.js";
import { catalog, find } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { type Info as CoreInfo, info as coreInfo } from "../core/info.js";
import { tune } from "../core/tune.js";
import type { Explanation, Explanations } from "../explain/index.js";
import { ids } from "../generated/ids.js";
import type { Indicators } from "../generated/index.js";
import { type BarsFromTicks, bars } from "../live/ticks/load.js";
import { tables } from "../notebook/display.js";
import { Shown } from "../notebook/mime.js";
import { isExpr, isFrame, isLazy, isSeries, type NativeExpr } from "../polars/native.js";
import { type Mode, mode } from "../polars/plugin.js";
import { defaultsOf, exprTa, frameTa, indicator, lazyTa, seriesTa, topTa } from "./namespace.js";
import { register } from "./register.js";

register();

type Pipelines = typeof import("../pipeline/index.js");

/** Loaded on first use: it would take a quarter of the time of the import. */
function pipelines(): Pipelines {
  const loaded: Pipelines = createRequire(import.meta.url)("../pipeline/index.js");
  // The room of streams is above that of pipelines.
  loaded.Pipeline.prototype.stream = function (options) {
    return live().streamOf(this, options);
  };
  return loaded;
}

type Live = typeof import("../live/index.js");

/** Loaded on first use, too. */
const live = (): Live => createRequire(import.meta.url)("../live/index.js");

type Explain = typeof import("../explain/index.js").explain;
type ExplainExpr = typeof import("../explain/expression.js").explainExpr;

/** Loaded on first use. */
function explain(what: unknown, params?: Record<string, unknown>): unknown {
  const require = createRequire(import.meta.url);
  if (!isExpr(what)) {
    if (typeof what === "string") {
      return (require("../explain/index.js") as { explain: Explain }).explain(what, params);
    }
    throw new TaError(
      `ta.explain takes the name of an indicator or an expression, got ${describe(what)}`,
    );
  }
  if (params !== undefined) {
    throw new TaError("ta.explain: an expression has its parameters already; leave them out");
  }
  const { explainExpr } = require("../explain/expression.js") as { explainExpr: ExplainExpr };
  return explainExpr(what._expr);
}

/** See {@link Ta.html}. */
function html(value: object): string {
  if (isFrame(value)) return tables().frameHtml(value as unknown as DataFrame);
  if (isSeries(value))
    return tables().frameHtml((value as unknown as Series).toFrame() as DataFrame);
  if (value instanceof Shown) return value.toHTML();
  throw new TaError(
    `ta.html takes a DataFrame, a Series or what ta.explain returns, got ${describe(value)}`,
  );
}

/** The indicators themselves, and functions about them. */
export interface Ta extends Indicators<"top"> {
  /**
   * The namespace of an expression: for objects that were made before this module was
   * loaded, or with options for all its calls, as in `ta(df, { missing: "error" }).rsi(14)`.
   */
  (expr: Expr, defaults?: Defaults): Indicators<"expr">;
  /** The namespace of a Series. */
  (series: Series, defaults?: Defaults): Indicators<"series">;
  /** The namespace of a DataFrame. */
  (frame: DataFrame, defaults?: Defaults): FrameIndicators<"frame">;
  /** The namespace of a LazyDataFrame. */
  (frame: LazyDataFrame, defaults?: Defaults): FrameIndicators<"lazy">;
  /** The namespace of any of them. Errors of compilers are about this signature, the last one. */
  (
    object: Expr | Series | DataFrame | LazyDataFrame,
    defaults?: Defaults,
  ): Indicators<"expr"> | Indicators<"series"> | FrameIndicators<"frame"> | FrameIndicators<"lazy">;
  /** Every indicator, ordered by category and id. */
  catalog: typeof catalog;
  /** The indicator behind an id or alias, or `undefined`. */
  find: typeof find;
  /**
   * An indicator by id or alias, for programs that read names from a configuration.
   *
   * @param name Id or alias.
   * @param params Parameters by name.
   * @param inputs Inputs by slot name: column names, expressions or numbers.
   * @throws TaError if the name or a parameter is unknown, or a value is out of range.
   */
  indicator: typeof indicator;
  /**
   * An expression in the language of pipelines: `"rsi(14) < 30 and close > sma(200)"`. See
   * `docs/pipelines.md`.
   *
   * @param text The expression; `as name` at its end names the result.
   * @param options The columns of bare names, the missing policy, the allowed look-ahead.
   * @throws TaError with the position in the text, if the text is not an expression or a name is
   * unknown.
   * @example
   * ```ts
   * df.filter(ta.expr("rsi(14) < 30 and close > sma(200)"));
   * ```
   */
  expr: Pipelines["expr"];
  /**
   * Features from a configuration, or from the JSON or YAML file that holds it.
   *
   * @param source The configuration, the path of a `.json`, `.yaml` or `.yml` file, or the name of a
   * configuration that comes with the package: `alpha158`, `alpha360` or `classic`.
   * @param own Keys that count instead of those of the file: `{ over: "symbol" }`.
   * @throws TaError if a key, a name or a value in it is unknown.
   */
  pipeline: Pipelines["pipeline"];
  /**
   * The features of a pipeline bar by bar, for any number of keys, with the values that the pipeline
   * gives for the whole series. See `docs/live.md`.
   *
   * @param source The configuration of a pipeline with the options of a stream, or the path of a
   * `.json`, `.yaml` or `.yml` file with it.
   * @throws TaError if a key, a name or a value in it is unknown, or a feature uses later rows.
   * @example
   * ```ts
   * const live = ta.stream({ over: "symbol", features: ["rsi(14)", "close / sma(200) - 1 as trend"] });
   * live.warm(history);
   * live.update({ symbol: "IBM", close: 101.5 }); // { rsi_14: …, trend: … }
   * ```
   */
  stream: Live["stream"];
  /**
   * A stream from its snapshot.
   *
   * @param bytes What `snapshot` of a stream has returned.
   * @throws TaError that says why these bytes are no snapshot that this version can read.
   */
  restore: Live["restore"];
  /** Computes an indicator over arrays of numbers instead of columns. */
  compute: typeof compute;
  /** Makes bars from ticks, as they come. */
  bars: BarsFromTicks;
  /**
   * Finds faults in bars, as `df.ta.check` does: order, repeated times, gaps, missing values,
   * impossible bars, jumps such as a split causes, stretches without any change.
   *
   * @param frame The bars.
   * @param options The meaning of the columns, and whether findings throw.
   * @throws TaError if an option or a column is unknown, or with `strict` if anything is found.
   * @example
   * ```ts
   * const report = ta.check(bars, { over: "symbol" });
   * if (!report.ok) console.log(report);
   * ```
   */
  check(frame: DataFrame, options?: CheckOptions): CheckReport;
  /**
   * The same for a LazyDataFrame. Only the columns that the check reads are collected.
   *
   * @returns A promise of the report.
   * @throws TaError as above.
   */
  check(frame: LazyDataFrame, options?: CheckOptions): Promise<CheckReport>;
  /** The same for either. */
  check(
    frame: DataFrame | LazyDataFrame,
    options?: CheckOptions,
  ): CheckReport | Promise<CheckReport>;
  /**
   * Train and test sets of labelled rows, in which no label of a train row shares a time with the
   * test: rows whose labels overlap it are left out. Rows of many symbols are divided by time. See
   * `docs/labels.md`.
   *
   * @param frame Rows with their labels, in any order.
   * @param options When each label is known, the kind and the number of folds.
   * @returns The folds, in the order of their tests.
   * @throws TaError if an option or a column is unknown, a label is known before its row, or a fold
   * has no rows.
   * @example
   * ```ts
   * for (const fold of ta.split(rows, { knownOn: "side_known_on" })) {
   *   const { train, test } = fold.frames();
   * }
   * ```
   */
  split(frame: DataFrame, options: SplitOptions): Fold[];
  /**
   * The average uniqueness of each label, to weight samples by: at each time of its span, a label
   * has an equal share with all labels whose spans contain that time, and the weight is the mean of
   * its shares. 1 overlaps no other label; null has none.
   *
   * @param frame Rows with their labels, in any order. The times are those of the rows and labels.
   * @param options When each label is known, and the columns of the groups.
   * @returns A Float64 Series named `uniqueness`, as long as the frame.
   * @throws TaError if an option or a column is unknown, or a label is known before its row.
   * @example
   * ```ts
   * const weight = ta.uniqueness(rows, { over: "symbol", knownOn: "side_known_on" });
   * ```
   */
  uniqueness(frame: DataFrame, options: UniquenessOptions): Series;
  /**
   * A chart of the bars of a DataFrame, as `df.ta.chart` makes it.
   *
   * @throws TaError as `df.ta.chart` does.
   */
  chart(frame: DataFrame, options?: ChartOptions): Chart;
  /**
   * A chart of a LazyDataFrame, which is collected, or of an apache-arrow table, which is copied.
   *
   * @returns A promise of the chart.
   * @throws TaError as `df.ta.chart` does.
   */
  chart(table: LazyDataFrame | object, options?: ChartOptions): Promise<Chart>;
  /**
   * The HTML that notebooks show for a DataFrame, a Series or an explanation: for reports, and for
   * notebooks that do not ask objects for their HTML, such as tslab.
   *
   * @param value A DataFrame, a Series or what `ta.explain` returns.
   * @throws TaError if it is something else.
   * @example
   * ```ts
   * tslab.display.html(ta.html(df));
   * ```
   */
  html: typeof html;
  /**
   * Describes an indicator: inputs, parameters, warm-up, stable history, missing policies, the
   * references it is checked against and how well they agree, differences from other libraries.
   * Notebooks show it as a page, `console.log` as text.
   *
   * @param name Id or alias.
   * @param params Parameters by name; those left out have their defaults.
   * @throws TaError if the name or a parameter is unknown, or a value is out of range.
   * @example
   * ```ts
   * console.log(ta.explain("macd", { fastPeriod: 8 }).lookback);
   * ```
   */
  explain(name: string, params?: Readonly<Record<string, unknown>>): Explanation;
  /**
   * The same for every `.ta` call in an expression, with its parameters and inputs.
   *
   * @param expr An expression with `.ta` in it.
   * @throws TaError if there is no indicator in the expression.
   */
  explain(expr: Expr): Explanations;
  /**
   * Makes this process's allocator keep memory, which makes repeated calls over large frames
   * faster.
   */
  tune: typeof tune;
  /** The versions of this package, and how it works in this process. */
  info(): Info;
}

/** The result of `ta.info()`. */
export interface Info extends CoreInfo, Mode {}

function of(value: unknown, given?: unknown): unknown {
  const defaults = defaultsOf(given);
  if (isExpr(value)) return exprTa(value._expr as NativeExpr, defaults);
  if (isFrame(value)) return frameTa(value as unknown as DataFrame, defaults);
  if (isLazy(value)) return lazyTa(value as unknown as LazyDataFrame, defaults);
  if (isSeries(value)) return seriesTa(value as unknown as Series, defaults);
  throw new TaError(
    `ta() takes an Expr, Series, DataFrame or LazyDataFrame, got ${describe(value)}`,
  );
}

const top = topTa() as unknown as Record<string, (...args: unknown[]) => unknown>;
const methods: typeof top = {};
for (const id of ids) methods[id] = (...args) => top[id]?.(...args);

/** Technical indicators over columns by their usual names, and the catalog behind them. */
export const ta = Object.assign(of, methods, {
  catalog,
  find,
  indicator,
  expr: (...args: Parameters<Pipelines["expr"]>) => pipelines().expr(...args),
  pipeline: (...args: Parameters<Pipelines["pipeline"]>) => pipelines().pipeline(...args),
  stream: (...args: Parameters<Live["stream"]>) => live().stream(...args),
  restore: (...args: Parameters<Live["restore"]>) => live().restore(...args),
  compute,
  bars,
  check,
  split,
  uniqueness,
  chart: topChart,
  explain,
  html,
  tune,
  info: (): Info => ({ ...coreInfo(), ...mode() }),
}) as unknown as Ta;

export type { ArrayCall, Numbers } from "../arrays/compute.js";
export type * from "../bars/operations.js";
export type { LabelTimes } from "../bars/spans.js";
export type { Fold, FoldFrames, SplitOptions } from "../bars/split.js";
export type { UniquenessOptions } from "../bars/uniqueness.js";
export type { Chart, MimeBundle } from "../chart/chart.js";
export type { Json } from "../chart/layer.js";
export type { ChartIndicator, ChartOptions } from "../chart/options.js";
export type { ChartSpec } from "../chart/spec.js";
export type { BarStyle, PriceScale } from "../chart/styles.js";
export type { Kind as FindingKind } from "../check/kinds.js";
export type { CheckOptions } from "../check/options.js";
export type { CheckedColumns, CheckReport, Finding, Place } from "../check/report.js";
export type { Defaults } from "../core/arguments.js";
export { TaError } from "../core/errors.js";
export type * from "../core/surfaces.js";
export type { TuneOptions } from "../core/tune.js";
export type * from "../core/types.js";
export type { Explanation, Explanations } from "../explain/index.js";
export type { ArrayCalls } from "../generated/calls.js";
export type * from "../generated/index.js";
export type { BarTransforms } from "../generated/transforms.js";
export type {
  Bar,
  History,
  Key,
  KeyValue,
  LiveColumns,
  LiveInfo,
  LiveRow,
  LiveStream,
  LiveValue,
  Newest,
  ReplaceOptions,
  StreamConfig,
  StreamOptions,
} from "../live/index.js";
export type { TickBars } from "../live/ticks/bars.js";
export type { TickKey } from "../live/ticks/keys.js";
export type { BarsFromTicks } from "../live/ticks/load.js";
export type { BarRule, TickBarsOptions, TickCount, TickVolume } from "../live/ticks/options.js";
export type { TickBar, TickColumns, TicksUpdate, TickUpdate } from "../live/ticks/shape.js";
export type { TickTime } from "../live/ticks/times.js";
export type { Mime, Shown } from "../notebook/mime.js";
export type { ApplyOptions, TailOptions } from "../pipeline/apply.js";
export type {
  ExpressionFeature,
  FeatureConfig,
  IndicatorFeature,
  Keep,
  ParameterValue,
  PipelineConfig,
  PipelineOptions,
  WrittenBy,
} from "../pipeline/config.js";
export type { ExprOptions } from "../pipeline/expr.js";
export type { Pipeline } from "../pipeline/pipeline.js";
export type { ArrowField, ArrowSchema, ArrowTable, WithFeatures } from "../pipeline/table.js";
