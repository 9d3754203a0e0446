/** Types that the generated interfaces are written in. */

import type { CommonOptions, Missing } from "../generated/options.js";

/**
 * What indicators take and give, for each place where they hang. Each entry of the package
 * adds its own, so that one does not need the types of what another works on.
 *
 * @typeParam Fields - The outputs of an indicator that has several, else `never`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the entries fill it.
// biome-ignore lint/correctness/noUnusedVariables: what they put there uses it.
export interface Surfaces<Fields extends string> {}

/** What indicators take and give in one place where they hang. */
export interface SurfaceTypes {
  /** The arguments that come before all others. */
  subject: readonly unknown[];
  /** Whether the subject fills the primary input. */
  fills: boolean;
  /** What an input takes. */
  input: unknown;
  /** What an input that tells sessions apart takes besides. */
  key: unknown;
  /** Options of every indicator. */
  options: object;
  /** What a method returns. */
  result: unknown;
}

/** Where indicators hang: `"expr"` on an expression, `"frame"` on a DataFrame, and so on. */
export type Surface = keyof Surfaces<never>;

/** The arguments that come before all others. */
export type Subject<S extends Surface> = Surfaces<never>[S]["subject"];

/** What an input slot takes. */
export type Input<S extends Surface> = Surfaces<never>[S]["input"];

export type { CommonOptions, Missing };

/** Options that every indicator has on a surface. */
export type Common<S extends Surface> = Surfaces<never>[S]["options"];

/** The input that what the indicator hangs on fills. */
export type Filled<
  S extends Surface,
  Primary extends string,
> = Surfaces<never>[S]["fills"] extends true ? Primary : never;

/** Parameters, inputs and common options of one indicator on one surface. */
export type Options<
  S extends Surface,
  Params,
  Primary extends string,
  Optional extends string,
  Required extends string = never,
  Keys extends string = never,
> = Flat<
  Params & { readonly [K in Exclude<Optional, Filled<S, Primary>>]?: Slot<S, K, Keys> } & {
    readonly [K in Exclude<Required, Filled<S, Primary>>]: Slot<S, K, Keys>;
  } & Common<S> &
    NoText
>;

/** Keeps a text, which has a `length` as many indicators do, from passing for options. */
export interface NoText {
  /** What a text and an array have, and options have not. */
  readonly [Symbol.iterator]?: never;
}

/** What the input slot `K` takes when the slots `Keys` tell sessions apart. */
export type Slot<S extends Surface, K, Keys> =
  | Input<S>
  | (K extends Keys ? Surfaces<never>[S]["key"] : never);

/** One object type: TypeScript lets a string or a number pass for an intersection of optional properties. */
export type Flat<T> = { [K in keyof T]: T[K] };

/** What a method returns. */
export type Result<
  S extends Surface,
  Fields extends string = never,
> = Surfaces<Fields>[S]["result"];

/** Positional inputs that what the indicator hangs on does not fill. */
export type Unfilled<
  S extends Surface,
  Slots extends readonly unknown[],
> = Surfaces<never>[S]["fills"] extends true ? [] : Slots;

/** Numbers in a row: a Float64Array is read where it stands, others are copied into one. */
export type Numbers = ArrayLike<number>;

/** What `ta.compute` takes and gives for one indicator. */
export interface ArrayCall<Inputs extends string, Params, Outputs extends string> {
  /** Arrays of one length, or numbers for constants, by the names of the inputs. */
  readonly inputs: Readonly<Record<Inputs, Numbers | number>>;
  /** Parameters by name, and `missing`. */
  readonly params: Flat<Params & CommonOptions & NoText>;
  /** Arrays by the names of the outputs. */
  readonly outputs: Record<Outputs, Float64Array>;
}
