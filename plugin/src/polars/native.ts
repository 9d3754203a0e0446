import { createRequire } from "node:module";
import { TaError } from "../core/errors.js";
import { whyMissing } from "../core/missing-polars.js";

/** The native expression behind an `Expr`. */
export interface NativeExpr {
  abs(): NativeExpr;
  add(other: NativeExpr): NativeExpr;
  alias(name: string): NativeExpr;
  and(other: NativeExpr): NativeExpr;
  cast(dtype: unknown, strict: boolean): NativeExpr;
  count(): NativeExpr;
  cumCount(reverse: boolean): NativeExpr;
  cumMax(reverse: boolean): NativeExpr;
  cumSum(reverse: boolean): NativeExpr;
  eq(other: NativeExpr): NativeExpr;
  fillNull(value: NativeExpr): NativeExpr;
  first(): NativeExpr;
  floor(): NativeExpr;
  forwardFill(): NativeExpr;
  gather(rows: NativeExpr): NativeExpr;
  gatherEvery(n: number, offset: number): NativeExpr;
  gt(other: NativeExpr): NativeExpr;
  gtEq(other: NativeExpr): NativeExpr;
  isFinite(): NativeExpr;
  isFirstDistinct(): NativeExpr;
  isInfinite(): NativeExpr;
  isNan(): NativeExpr;
  isNotNull(): NativeExpr;
  isNull(): NativeExpr;
  last(): NativeExpr;
  lt(other: NativeExpr): NativeExpr;
  ltEq(other: NativeExpr): NativeExpr;
  max(): NativeExpr;
  min(): NativeExpr;
  mul(other: NativeExpr): NativeExpr;
  neq(other: NativeExpr): NativeExpr;
  nUnique(): NativeExpr;
  not(): NativeExpr;
  nullCount(): NativeExpr;
  or(other: NativeExpr): NativeExpr;
  over(partitionBy: NativeExpr[]): NativeExpr;
  rem(other: NativeExpr): NativeExpr;
  serialize(format: "json"): Uint8Array & { toString(): string };
  shift(periods: NativeExpr): NativeExpr;
  slice(offset: NativeExpr, length: NativeExpr): NativeExpr;
  structFieldByName(name: string): NativeExpr;
  sub(other: NativeExpr): NativeExpr;
  sum(): NativeExpr;
  toJs(): unknown;
  toPhysical(): NativeExpr;
  toString(): string;
  trueDiv(other: NativeExpr): NativeExpr;
  weekday(): NativeExpr;
}

/** The native frame behind a `DataFrame`. */
export interface NativeFrame {
  column(name: string): NativeSeries;
  getColumns(): NativeSeries[];
  hstack(columns: NativeSeries[]): NativeFrame;
  lazy(): NativeLazy;
  readonly columns: string[];
  readonly height: number;
  readonly schema: Record<string, unknown>;
  selectAtIdx(index: number): NativeSeries;
}

/** The native series behind a `Series`. */
export interface NativeSeries {
  /** A name, or an object for a type with parameters. */
  readonly dtype: string | { readonly variant: string };
  readonly name: string;
  readonly length: number;
  hasNulls(): boolean;
  /** A copy of the values. Panics where there are nulls. */
  toTypedArray(): unknown;
}

/** The native plan behind a `LazyDataFrame`: the methods that the plugin calls. */
export interface NativeLazy {
  readonly columns: string[];
  collect(): Promise<NativeFrame>;
  collectSync(engine: string): NativeFrame;
  dropColumns(columns: string[]): NativeLazy;
  filter(predicate: NativeExpr): NativeLazy;
  groupby(by: NativeExpr[], maintainOrder: boolean): { agg(aggs: NativeExpr[]): NativeLazy };
  groupbyDynamic(
    time: NativeExpr,
    every: string,
    period: string,
    offset: string,
    label: string,
    includeBoundaries: boolean,
    closed: string,
    by: NativeExpr[],
    startBy: string,
  ): { agg(aggs: NativeExpr[]): NativeLazy };
  joinAsof(
    other: NativeLazy,
    leftOn: NativeExpr,
    rightOn: NativeExpr,
    byLeft: string[] | undefined,
    byRight: string[] | undefined,
    allowParallel: boolean,
    forceParallel: boolean,
    suffix: string,
    strategy: string,
    toleranceNumber: number | undefined,
    toleranceText: string | undefined,
    checkSortedness: boolean,
    coalesce: boolean,
    allowExactMatches: boolean,
  ): NativeLazy;
  select(exprs: NativeExpr[]): NativeLazy;
  sinkIpc(path: string, options: object): NativeLazy;
  slice(offset: number, length: number): NativeLazy;
  sort(
    by: string[],
    descending: boolean[],
    nullsLast: boolean[],
    maintainOrder: boolean,
    multithreaded: boolean,
  ): NativeLazy;
  withColumns(exprs: NativeExpr[]): NativeLazy;
  withRowIndex(name: string, offset: number): NativeLazy;
}

// biome-ignore lint/suspicious/noExplicitAny: the hooks pass arguments on unchanged
export type AnyFunction = (...args: any[]) => any;
type Class = { prototype: Record<string, AnyFunction> };

/** An expression in an object, as in polars' wrapper. */
interface Wrapped {
  readonly _expr: NativeExpr;
}

interface NativeModule extends Record<string, unknown> {
  argWhere(condition: NativeExpr): NativeExpr;
  col(name: string): NativeExpr;
  intRange(start: Wrapped, end: Wrapped, step: number, dtype: unknown): NativeExpr;
  len(): NativeExpr;
  lit(value: unknown): NativeExpr;
  litSeries(series: NativeSeries): NativeExpr;
  asStruct(fields: NativeExpr[]): NativeExpr;
  concatLf(
    frames: NativeLazy[],
    how: string,
    rechunk: boolean,
    parallel: boolean,
    toSupertypes: boolean,
    maintainOrder: boolean,
  ): NativeLazy;
  readIpc(file: string | Uint8Array, options: object): NativeFrame;
  scanIpc(path: string, options: object): NativeLazy;
  when(condition: NativeExpr): {
    then(value: NativeExpr): { otherwise(value: NativeExpr): NativeExpr };
  };
  JsExpr: Class & { deserialize(json: Uint8Array, format: "json"): NativeExpr };
  JsDataFrame: Class & (new (columns: NativeSeries[]) => NativeFrame);
  JsSeries: Class & { newUint32Array(name: string, values: Uint32Array): NativeSeries };
  JsLazyFrame: Class;
  JsLazyGroupBy: Class;
  SqlContext: Class;
}

const require = createRequire(import.meta.url);

/** A module of nodejs-polars. Throws if a function that the plugin needs is not in it. */
function part<T>(path: string, needed: string[]): T {
  let module: Record<string, unknown>;
  try {
    module = require(`nodejs-polars/bin/${path}`);
  } catch (error) {
    throw new TaError(whyMissing(error, require));
  }
  const missing = needed.filter((name) => typeof module[name] !== "function");
  if (missing.length > 0) {
    const { version } = require("nodejs-polars/package.json") as { version: string };
    throw new TaError(
      `nodejs-polars ${version} is not a version that nodejs-polars-ta can extend ` +
        `(bin/${path} has no ${missing.join(", ")}); it needs >=0.26.1 <0.27`,
    );
  }
  return module as T;
}

const internal = part<{ default: NativeModule }>("internals/polars_internal", []);

/** The native module of nodejs-polars. */
export const native: NativeModule = internal.default;

for (const [name, methods] of Object.entries({
  JsExpr: ["alias", "cast", "over", "serialize"],
  JsLazyFrame: [
    "collect",
    "collectSync",
    "filter",
    "groupbyDynamic",
    "joinAsof",
    "select",
    "sinkIpc",
    "withColumns",
  ],
  JsLazyGroupBy: ["agg"],
  JsDataFrame: ["column", "getColumns", "hstack", "lazy", "selectAtIdx"],
  JsSeries: ["hasNulls", "toTypedArray"],
  SqlContext: ["register"],
})) {
  const prototype = (native[name] as Class | undefined)?.prototype;
  const missing = methods.filter((method) => typeof prototype?.[method] !== "function");
  if (missing.length > 0) {
    throw new TaError(`nodejs-polars has changed: ${name} has no ${missing.join(", ")}`);
  }
}

type Factory = AnyFunction & Record<string, AnyFunction>;

/** The modules whose factories make all objects that users get. */
export const wrappers = {
  expr: part<{ _Expr: Factory; Expr: Factory }>("lazy/expr", ["_Expr", "Expr"]),
  lazy: part<{ _LazyDataFrame: Factory; LazyDataFrame: Factory }>("lazy/dataframe", [
    "_LazyDataFrame",
    "LazyDataFrame",
  ]),
  frame: part<{ _DataFrame: Factory; DataFrame: Factory }>("dataframe", [
    "_DataFrame",
    "DataFrame",
  ]),
  series: part<{ _Series: Factory; Series: Factory }>("series", ["_Series", "Series"]),
  index: part<{ Series: Factory; pl: { Series: Factory } }>("index", []),
};

/**
 * The `pl` of `import pl from "nodejs-polars"`. The package never imports it so: if it cannot be
 * loaded, Node's own error would come before this module can explain it.
 */
export const pl = wrappers.index.pl as unknown as typeof import("nodejs-polars").default;

/** Polars' dtypes, by name. */
export const DataType = part<{ DataType: Record<string, unknown> }>("datatypes", []).DataType;

export const isExpr = (value: unknown): value is { _expr: NativeExpr } =>
  wrappers.expr.Expr.isExpr?.(value);

/** The native expression in a wrapper; some native functions get wrappers. Other values stay. */
export const unwrapped = (value: unknown): unknown =>
  (value as { _expr?: unknown } | null)?._expr ?? value;

export const isSeries = (value: unknown): value is { _s: NativeSeries; name: string } =>
  wrappers.series.Series.isSeries?.(value);

export const isLazy = (value: unknown): value is { _ldf: NativeLazy } =>
  wrappers.lazy.LazyDataFrame.isLazyDataFrame?.(value);

export const isFrame = (value: unknown): value is { _df: NativeFrame } =>
  wrappers.frame.DataFrame.isDataFrame?.(value);
