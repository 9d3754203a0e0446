/** Pipelines: the features of a configuration, which can be applied to frames. */

import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { addon } from "../core/addon.js";
import { describe } from "../core/arguments.js";
import { TaError } from "../core/errors.js";
import { distinctParts, type Meaning } from "../language/meaning.js";
import { type Reach, reachOf, widest } from "../language/measure.js";
import { print } from "../language/print.js";
import { spell } from "../language/spell.js";
import { columnTypes, type Frame, frameLike, planOf } from "../lazy/frames.js";
import { isFrame, isLazy, type NativeExpr, type NativeLazy, native } from "../polars/native.js";
import { inFrame, inputsOf, keepOption, keptColumns, readColumns } from "./columns.js";
import { compile } from "./compile.js";
import {
  checkConfig,
  checkWriter,
  type Keep,
  type PipelineConfig,
  type WrittenBy,
} from "./config.js";
import { explain } from "./explain.js";
import { featuresOf, type PipelineFeature } from "./features.js";
import { loadConfig } from "./load.js";
import { inTimeOrder, type Ordering, orderingOf, timeCandidates } from "./order.js";
import { type ArrowTable, isTable, type WithFeatures } from "./table.js";
import { onlyLast, withHistory } from "./tail.js";

/** Options of {@link Pipeline.apply} and {@link Pipeline.tail}. */
export interface ApplyOptions {
  /**
   * Columns of the frame to keep in the result. Default: as the configuration says, else `"all"`.
   */
  readonly keep?: Keep;
}

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
  readonly #config: PipelineConfig;
  readonly #features: readonly PipelineFeature[];
  readonly #over: readonly string[];
  readonly #exprs: NativeExpr[];
  #reach: Reach | undefined;

  /** @internal */
  constructor(config: PipelineConfig) {
    this.#config = config;
    this.#features = featuresOf(config);
    this.#over = config.over === undefined ? [] : [config.over].flat();
    const keys = this.#keys();
    this.#exprs = this.#features.map(({ name, meaning }) => {
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
    return {
      config: this.#config,
      written: this.toJSON(),
      features: this.#features,
      over: this.#over,
    };
  }

  /** Names of the features, in the order of their columns. */
  get columns(): string[] {
    return this.#features.map(({ name }) => name);
  }

  /** Columns of the groups within which features are computed. */
  get over(): string[] {
    return [...this.#over];
  }

  /**
   * The column of the times, if the configuration names it; `false` if it switches off the check.
   */
  get time(): string | false | undefined {
    return this.#config.time;
  }

  /** How the times are written, if the configuration says. */
  get timeFormat(): string | undefined {
    return this.#config.timeFormat;
  }

  /**
   * Columns that features read. Those that an indicator reads by default have their usual names.
   */
  get inputs(): string[] {
    return inputsOf(this.#features);
  }

  /**
   * @internal The columns that features read of a frame with these columns, as far as it has them.
   */
  inputsIn(columns: readonly string[]): string[] {
    return readColumns(columns, this.#features);
  }

  /**
   * The number of different indicators, and of the columns in memory besides those of the frame and
   * the result: intermediate results, and computed inputs.
   *
   * @internal
   */
  get effort(): { readonly indicators: number; readonly columns: number } {
    const meanings = this.#features.map(({ meaning }) => meaning);
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
    return this.#measured().stableAfter;
  }

  /** Number of later rows that features depend on; 0 unless `allowLookahead` allows some. */
  get lookahead(): number {
    return this.#measured().lookahead;
  }

  /**
   * Adds the features to a frame, each within the groups of `over`. A feature replaces a column of
   * its name.
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
  apply(data: Frame | ArrowTable, options?: ApplyOptions): Frame | Promise<unknown> {
    return this.applyInOrder(data, options, orderingOf(this.#config));
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
    const keep = keepOption(options, this.#config.keep ?? "all");
    if (isTable(data)) return this.#applyToTable(data, keep, ordering);
    const { columns } = this.#checked(data);
    const ordered = inTimeOrder(planOf(data), this.#over, ordering);
    return frameLike(data, this.#added(ordered, columns, keep));
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
  tail(frame: DataFrame, rows: number, options?: ApplyOptions): DataFrame;
  tail(frame: LazyDataFrame, rows: number, options?: ApplyOptions): LazyDataFrame;
  tail(frame: Frame, rows: number, options?: ApplyOptions): Frame {
    if (!Number.isSafeInteger(rows) || rows < 1) {
      throw new TaError(
        `pipeline: tail takes a whole number of rows from 1, got ${describe(rows)}`,
      );
    }
    const keep = keepOption(options, this.#config.keep ?? "all");
    const { columns, features } = this.#checked(frame);
    const plan = planOf(frame);
    const types = columnTypes(plan);
    const numeric = (name: string) => /^(Float|Int|UInt)/.test(types.get(name)?.variant ?? "");
    const keys = this.#keys();
    const history = this.stableAfter;
    const ordered = inTimeOrder(plan, this.#over, orderingOf(this.#config));
    const enough = withHistory(ordered, rows, history, features, numeric, keys);
    return frameLike(
      frame,
      this.#added(enough, columns, keep, (added) => onlyLast(added, rows, keys)),
    );
  }

  /** Explains the pipeline: each feature with its inputs, parameters and reach. */
  explain(): string {
    return explain(this.#features, this.#over);
  }

  /**
   * A configuration without defaults: with every input and parameter, and the versions of the
   * library and of the catalog's contract. `ta.pipeline` makes the same pipeline of it, also in a
   * later version, or throws.
   */
  toJSON(): PipelineConfig {
    const { time, timeFormat, missing, keep, allowLookahead } = this.#config;
    return {
      writtenBy: writer(),
      ...(this.#over.length > 0 && { over: this.#over }),
      ...(time !== undefined && { time }),
      ...(timeFormat !== undefined && { timeFormat }),
      ...(missing !== undefined && { missing }),
      ...(keep !== undefined && { keep }),
      ...(allowLookahead !== undefined && { allowLookahead }),
      features: this.#features.map(({ name, meaning }) => ({
        expr: print(spell(meaning)),
        as: name,
      })),
    };
  }

  #measured(): Reach {
    this.#reach ??= widest(this.#features.map(({ meaning }) => reachOf(meaning)));
    return this.#reach;
  }

  #keys(): NativeExpr[] {
    return this.#over.map((name) => native.col(name));
  }

  /** Adds the features to a plan, takes rows with `rowsOf`, and keeps the columns of `keep`. */
  #added(
    plan: NativeLazy,
    columns: readonly string[],
    keep: Keep,
    rowsOf = (added: NativeLazy): NativeLazy => added,
  ): NativeLazy {
    const added = rowsOf(plan.withColumns(this.#exprs));
    if (keep === "all") return added;
    // Selected afterwards: `select` alone would make one row of a constant.
    const kept = keptColumns(columns, this.#features, keep);
    return added.select([...kept, ...this.columns].map((name) => native.col(name)));
  }

  /**
   * The columns of a frame, and the features with the frame's names. Throws if the frame lacks a
   * column.
   */
  #checked(frame: unknown): { columns: string[]; features: PipelineFeature[] } {
    if (!isFrame(frame) && !isLazy(frame)) {
      throw new TaError(
        `pipeline: a DataFrame, a LazyDataFrame or a Table is needed, got ${describe(frame)}`,
      );
    }
    const { columns } = planOf(frame as unknown as Frame);
    return { columns, features: this.#inFrame(columns) };
  }

  #inFrame(columns: readonly string[]): PipelineFeature[] {
    return inFrame(columns, this.#features, this.#over, this.#config.time);
  }

  async #applyToTable(table: ArrowTable, keep: Keep, ordering: Ordering): Promise<unknown> {
    const columns = table.schema.fields.map(({ name }) => String(name));
    const inputs = inputsOf(this.#inFrame(columns));
    const kept = keptColumns(columns, this.#features, keep);
    // Loaded on first use, because few programs have apache-arrow tables.
    const { applyToTable, typesOf } = await import("./arrow.js");
    const times = timeCandidates(typesOf(table), this.#over, ordering);
    const read = [...new Set([...this.#over, ...inputs, ...times])];
    return applyToTable(table, read, kept, (plan, whole) =>
      this.#added(inTimeOrder(plan, this.#over, ordering, whole), columns, "none"),
    );
  }
}

/** Whether an expression is neither a column nor a constant. */
const isComputed = ({ kind }: Meaning): boolean => kind !== "column" && kind !== "constant";

/** The name and versions of this library, for configurations. */
function writer(): WrittenBy {
  return {
    library: "nodejs-polars-ta",
    version: addon.version(),
    contractVersion: addon.contractVersion(),
  };
}

/** Makes a pipeline from a configuration, or from a JSON or YAML file. */
export function pipeline(source: PipelineConfig | string): Pipeline {
  const config = checkConfig(typeof source === "string" ? loadConfig(source) : source);
  checkWriter(config.writtenBy, writer());
  return new Pipeline(config);
}
