/** Pipelines: the features of a configuration, which can be applied to frames. */

import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { describe, isOptions } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { distinctParts, type Meaning } from "../language/meaning.js";
import { columnTypes, type Frame, frameLike, planOf, type Schema } from "../lazy/frames.js";
import { isFrame, isLazy, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { type ApplyOptions, applyOptions, type TailOptions, tailOptions } from "./apply.js";
import { Checked, type PipelineFeature } from "./checked.js";
import { compile } from "./compile.js";
import type { PipelineConfig, PipelineOptions } from "./config.js";
import { labelExprs, labelNames, labelTime } from "./labels.js";
import { loadConfig } from "./load.js";
import { inTimeOrder, type Ordering, orderingOf, timeCandidates } from "./order.js";
import { type ArrowTable, isTable, type WithFeatures } from "./table.js";
import { onlyLast, withHistory } from "./tail.js";

/**
 * Named features, made by `ta.pipeline` from a configuration. A pipeline holds no data and can be
 * applied to any number of frames.
 *
 * @example
 * ```ts
 * import pl from "nodejs-polars";
 * import { ta } from "nodejs-polars-ta";
 * import { stocks } from "nodejs-polars-ta/data";
 *
 * const bars = pl.readCSV(stocks);
 * const features = ta.pipeline({
 *   over: "symbol",
 *   features: ["rsi(14)", "close / sma(200) - 1 as trend"],
 * });
 * features.apply(bars).columns; // those of bars, rsi_14, trend
 * ```
 */
export class Pipeline {
  readonly #checked: Checked;
  readonly #exprs: NativeExpr[];
  #reach: ReturnType<Checked["reach"]> | undefined;

  /** @internal */
  constructor(checked: Checked) {
    this.#checked = checked;
    const keys = this.#keys();
    this.#exprs = checked.features.map(({ name, meaning }) => {
      const expr = compile(meaning);
      return (keys.length > 0 ? expr.over(keys) : expr).alias(name);
    });
  }

  /** @internal What a stream is made of. */
  get source(): {
    readonly config: PipelineConfig;
    readonly written: PipelineConfig;
    readonly features: readonly PipelineFeature[];
    readonly over: readonly string[];
  } {
    const { config, features, over } = this.#checked;
    return { config, written: this.toJSON(), features, over };
  }

  /** Names of the features, in the order of their columns. */
  get columns(): string[] {
    return this.#checked.features.map(({ name }) => name);
  }

  /** Names of the columns that `apply` adds with `labels: true`. */
  get labels(): string[] {
    return labelNames(this.#checked.labels);
  }

  /** Columns of the groups within which features are computed. */
  get over(): string[] {
    return [...this.#checked.over];
  }

  /**
   * The column of the times, if the configuration names it; `false` if it switches off the check.
   */
  get time(): string | false | undefined {
    return this.#checked.config.time;
  }

  /** How the times are written, if the configuration says. */
  get timeFormat(): string | undefined {
    return this.#checked.config.timeFormat;
  }

  /**
   * Columns that features read. Those that an indicator reads by default have their usual names.
   */
  get inputs(): string[] {
    return [...this.#checked.reads];
  }

  /**
   * @internal The columns that features read of a frame with these columns, as far as it has them.
   */
  inputsIn(columns: readonly string[]): string[] {
    return this.#checked.readsOf(columns);
  }

  /**
   * The number of different indicators, and of the columns in memory besides those of the frame and
   * the result: intermediate results, and computed inputs.
   *
   * @internal
   */
  get effort(): { readonly indicators: number; readonly columns: number } {
    const meanings = this.#checked.features.map(({ meaning }) => meaning);
    const whole = new Set(meanings);
    const all = distinctParts(meanings).filter((part) => part.kind === "call");
    const read = new Set(all.flatMap(({ inputs }) => inputs.filter(isComputed)));
    const inner = all.filter((call) => !whole.has(call));
    const columns = inner.reduce((sum, { meta }) => sum + meta.outputs.length, read.size);
    return { indicators: all.length, columns };
  }

  /** Number of rows at the start of a group in which some feature does not have a value. */
  get lookback(): number {
    return this.#measured().lookback;
  }

  /**
   * Rows of history after which no feature depends on where the data begin, to a relative 1e-9;
   * `Infinity` if a feature depends on all rows before. Rows with missing values do not count.
   */
  get stableAfter(): number {
    return this.#measured().stableAfter ?? Number.POSITIVE_INFINITY;
  }

  /** Number of later rows that features depend on; 0 unless `allowLookahead` allows some. */
  get lookahead(): number {
    return this.#measured().lookahead;
  }

  /**
   * Adds the features to a frame, each within the groups of `over`. A feature replaces a column of
   * its name. With `labels: true` it adds the labels too, and for each the time at which it is known
   * as `<name>_known_on`; see `docs/labels.md`.
   *
   * A LazyFrame stays lazy. An apache-arrow table is computed off the JavaScript thread, so its
   * result is a promise; columns that are kept stay the same vectors.
   *
   * @throws TaError if the frame lacks a column that a feature reads or that `over`, `time` or
   * `keep` name, or if rows are not in the order of their times within each group. Nothing is
   * computed then.
   */
  apply(frame: DataFrame, options?: ApplyOptions): DataFrame;
  apply(frame: LazyDataFrame, options?: ApplyOptions): LazyDataFrame;
  apply<Table extends ArrowTable>(
    table: Table,
    options?: ApplyOptions,
  ): Promise<WithFeatures<Table>>;
  // Errors of compilers are about the last one, which must not say that a frame is a table.
  apply(
    data: DataFrame | LazyDataFrame | ArrowTable,
    options?: ApplyOptions,
  ): DataFrame | LazyDataFrame | Promise<ArrowTable>;
  apply(data: Frame | ArrowTable, options?: ApplyOptions): Frame | Promise<unknown> {
    return this.applyInOrder(data, options, orderingOf(this.#checked.config));
  }

  /**
   * Does what `apply` does, with the caller's order and words.
   *
   * @internal
   */
  applyInOrder(
    data: Frame | ArrowTable,
    options: ApplyOptions | undefined,
    ordering: Ordering,
  ): Frame | Promise<unknown> {
    const asked = applyOptions(options, this.#checked.config);
    if (isTable(data)) return this.#applyToTable(data, asked, ordering);
    const { kept } = this.#inFrame(data, asked);
    const plan = planOf(data);
    const labels = asked.labels ? this.#labelExprs(columnTypes(plan), ordering) : [];
    const ordered = inTimeOrder(plan, this.#checked.over, ordering);
    return frameLike(data, this.#added(ordered, asked.keep === "all" ? undefined : kept, labels));
  }

  /**
   * The features of the last `rows` rows of each group (without `over`, of the frame), computed
   * from these rows and the `stableAfter` rows before: for live use, where a long history has a few
   * new rows. Rows with a missing value in a column that is read do not count as history.
   *
   * Features over windows differ from those of the whole frame at most by the rounding of running
   * sums, others by 1e-9 of their size. If `stableAfter` is `Infinity`, the whole frame is
   * computed.
   *
   * @throws TaError as {@link Pipeline.apply} does, and if `rows` is not a whole number.
   */
  tail(frame: DataFrame, rows: number, options?: TailOptions): DataFrame;
  tail(frame: LazyDataFrame, rows: number, options?: TailOptions): LazyDataFrame;
  tail(
    frame: DataFrame | LazyDataFrame,
    rows: number,
    options?: TailOptions,
  ): DataFrame | LazyDataFrame;
  tail(frame: Frame, rows: number, options?: TailOptions): Frame {
    if (!Number.isSafeInteger(rows) || rows < 1) {
      throw new TaError(
        `pipeline: tail takes a whole number of rows from 1, got ${describe(rows)}`,
      );
    }
    const { keep } = tailOptions(options, this.#checked.config);
    const { reads, kept } = this.#inFrame(frame, { keep, labels: false });
    const plan = planOf(frame);
    const types = columnTypes(plan);
    const numeric = (name: string) => /^(Float|Int|UInt)/.test(types.get(name)?.variant ?? "");
    const keys = this.#keys();
    const history = this.stableAfter;
    const ordered = inTimeOrder(plan, this.#checked.over, orderingOf(this.#checked.config));
    const enough = withHistory(ordered, rows, history, reads, numeric, keys);
    const last = (added: NativeLazy) => onlyLast(added, rows, keys);
    return frameLike(frame, this.#added(enough, keep === "all" ? undefined : kept, [], last));
  }

  /** Explains the pipeline: each feature with its inputs, parameters and reach. */
  explain(): string {
    return this.#checked.explain();
  }

  /**
   * A configuration without defaults: with every input and parameter, and the versions of the
   * library and of the catalog's contract. `ta.pipeline` makes the same pipeline of it, also in a
   * later version, or throws.
   */
  toJSON(): PipelineConfig {
    return this.#checked.written();
  }

  #measured(): ReturnType<Checked["reach"]> {
    this.#reach ??= this.#checked.reach();
    return this.#reach;
  }

  #keys(): NativeExpr[] {
    return this.#checked.over.map((name) => native.col(name));
  }

  /**
   * Adds the features and these labels to a plan, takes rows with `rowsOf`, and keeps these columns,
   * or all.
   */
  #added(
    plan: NativeLazy,
    kept: readonly string[] | undefined,
    labels: readonly NativeExpr[],
    rowsOf = (added: NativeLazy): NativeLazy => added,
  ): NativeLazy {
    // All at once: a feature may replace a column that a label reads.
    const added = rowsOf(plan.withColumns([...this.#exprs, ...labels]));
    if (kept === undefined) return added;
    const made = labels.length > 0 ? [...this.columns, ...this.labels] : this.columns;
    // Selected afterwards: `select` alone would make one row of a constant.
    return added.select([...kept, ...made].map((name) => native.col(name)));
  }

  /** The columns of the labels in a frame with these columns. */
  #labelExprs(schema: Schema, ordering: Ordering): NativeExpr[] {
    const { labels, over } = this.#checked;
    if (labels.length > 0) {
      return labelExprs(labels, this.#keys(), labelTime(schema, over, ordering));
    }
    throw new TaError("pipeline: labels is true, but the configuration has no labels");
  }

  /** The columns of a frame to read and to keep. Throws if the frame lacks a column. */
  #inFrame(frame: unknown, asked: Required<ApplyOptions>): ReturnType<Checked["inFrame"]> {
    if (!isFrame(frame) && !isLazy(frame)) {
      throw new TaError(
        `pipeline: a DataFrame, a LazyDataFrame or a Table is needed, got ${describe(frame)}`,
      );
    }
    const { columns } = planOf(frame as unknown as Frame);
    return this.#checked.inFrame(columns, asked.keep, asked.labels);
  }

  async #applyToTable(
    table: ArrowTable,
    asked: Required<ApplyOptions>,
    ordering: Ordering,
  ): Promise<unknown> {
    const columns = table.schema.fields.map(({ name }) => String(name));
    const { over } = this.#checked;
    const { reads, kept } = this.#checked.inFrame(columns, asked.keep, asked.labels);
    // Loaded on first use, because few programs have apache-arrow tables.
    const { applyToTable, typesOf } = await import("./arrow.js");
    const types = typesOf(table);
    const labels = asked.labels ? this.#labelExprs(types, ordering) : [];
    const times = timeCandidates(types, over, ordering);
    const read = [...new Set([...over, ...reads, ...times])];
    return applyToTable(table, read, kept, (plan, whole) =>
      this.#added(inTimeOrder(plan, over, ordering, whole), [], labels),
    );
  }
}

/** Whether an expression is neither a column nor a constant. */
const isComputed = ({ kind }: Meaning): boolean => kind !== "column" && kind !== "constant";

/**
 * Makes a pipeline from a configuration, or from the one in a JSON or YAML file or in the package.
 * `own` has keys of the configuration that count instead.
 */
export function pipeline(source: PipelineConfig | string, own?: PipelineOptions): Pipeline {
  const config = typeof source === "string" ? loadConfig(source) : source;
  if (own === undefined) return new Pipeline(new Checked(config));
  if (!isOptions(own) || !isOptions(config)) {
    const wrong = isOptions(own) ? config : own;
    throw new TaError(`pipeline: the configuration must be an object, got ${describe(wrong)}`);
  }
  return new Pipeline(new Checked({ ...config, ...own }));
}
