/** Types that the generated interfaces use. */

import type { CommonOptions, Missing } from "../generated/options.js";

/**
 * The types of indicators for each kind of object that has them. Each entry of the package adds its
 * own, so that one needs no types of another.
 *
 * @typeParam Fields - The outputs of an indicator that has several, else `never`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: each entry of the package adds members.
// biome-ignore lint/correctness/noUnusedVariables: the added members use it.
export interface Surfaces<Fields extends string> {}

/** The types of indicators on one kind of object, such as expressions or frames. */
export interface SurfaceTypes {
  /** The arguments that come before all others. */
  subject: readonly unknown[];
  /** Whether the subject fills the primary input. */
  fills: boolean;
  /** What an input takes. */
  input: unknown;
  /** What an input that separates sessions takes as well. */
  key: unknown;
  /** Options of every indicator. */
  options: object;
  /** What a method returns. */
  result: unknown;
}

/**
 * The kind of object that has indicators: `"expr"` for an expression, `"frame"` for a DataFrame,
 * and so on.
 */
export type Surface = keyof Surfaces<never>;

/** The arguments that come before all others. */
export type Subject<S extends Surface> = Surfaces<never>[S]["subject"];

/** What an input slot takes. */
export type Input<S extends Surface> = Surfaces<never>[S]["input"];

export type { CommonOptions, Missing };

/** Options that every indicator has on a surface. */
export type Common<S extends Surface> = Surfaces<never>[S]["options"];

/** The input that the object itself fills. */
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

/**
 * Rejects a string in the place of options: it has a `length`, which is also a common parameter.
 */
export interface NoText {
  /** Strings and arrays have an iterator; options have none. */
  readonly [Symbol.iterator]?: never;
}

/** What the input slot `K` takes if the slots `Keys` separate sessions. */
export type Slot<S extends Surface, K, Keys> =
  | Input<S>
  | (K extends Keys ? Surfaces<never>[S]["key"] : never);

/**
 * Merges an intersection into one object type. TypeScript would accept a string or a number for an
 * intersection of optional properties.
 */
export type Flat<T> = { [K in keyof T]: T[K] };

/** What a method returns. */
export type Result<
  S extends Surface,
  Fields extends string = never,
> = Surfaces<Fields>[S]["result"];

/** Positional inputs that the object itself does not fill. */
export type Unfilled<
  S extends Surface,
  Slots extends readonly unknown[],
> = Surfaces<never>[S]["fills"] extends true ? [] : Slots;

/** An array of numbers. A Float64Array is read in place; any other is copied into one. */
export type Numbers = ArrayLike<number>;

/** Arguments and results of `ta.compute` for one indicator. */
export interface ArrayCall<Inputs extends string, Params, Outputs extends string> {
  /** Arrays of one length, or numbers for constants, by the names of the inputs. */
  readonly inputs: Readonly<Record<Inputs, Numbers | number>>;
  /** Parameters by name, and `missing`. */
  readonly params: Flat<Params & CommonOptions & NoText>;
  /** Arrays by the names of the outputs. */
  readonly outputs: Record<Outputs, Float64Array>;
}
