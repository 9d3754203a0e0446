/** Indicators over arrays of numbers, for code that has no frame. */

import { addon, type Direct } from "../core/addon.js";
import { allowance, canLookAhead, describe, isOptions, visible } from "../core/arguments.js";
import { type IndicatorMeta, indicatorNamed } from "../core/catalog.js";
import { asTaError, TaError, taError } from "../core/errors.js";
import { borrowNumbers } from "../core/memory.js";
import { unknownOption } from "../core/options.js";
import type { Numbers } from "../core/types.js";
import type { ArrayCalls } from "../generated/calls.js";
import { ALLOW_OPTION, MISSING_OPTION } from "../generated/options.js";

export type { ArrayCall, Numbers } from "../core/types.js";

/** A checked call, kept for later calls with the same parameters. */
interface Prepared {
  readonly meta: IndicatorMeta;
  readonly direct: Direct;
}

const KEPT_CALLS = 1_000;
const prepared = new Map<string, Prepared>();

/** The overload for a name that is known only at run time. */
export function compute<Name extends string>(
  name: string extends Name ? Name : never,
  inputs: Readonly<Record<string, Numbers | number>>,
  params?: Readonly<Record<string, unknown>>,
  out?: Readonly<Record<string, Float64Array>>,
): Record<string, Float64Array>;
/**
 * Computes an indicator over arrays of numbers. NaN is a missing value, in inputs and results;
 * whole numbers and events are returned as numbers.
 *
 * @param name Id or alias.
 * @param inputs Arrays of the same length by slot name, such as `series`, or `high`, `low` and
 * `close`. A number is a constant.
 * @param params Parameters by name, `missing`, and `allowLookahead: true` if values may depend on
 * later rows.
 * @param out Float64Arrays of the inputs' length by output name, to which results are written:
 * faster than new arrays. An output without one gets a new array. They must not share memory with
 * inputs or with each other.
 * @returns An array of the inputs' length for each output, by its name: that of `out` if given.
 * @throws TaError if a name is unknown, a value is out of range, or an array is missing, has
 * another length, or shares memory where it must not.
 * @example
 * ```ts
 * const series = Float64Array.of(1, 2, 3, 2, 4);
 * const { value } = ta.compute("rsi", { series }, { period: 3 });
 * ta.compute("rsi", { series }, { period: 2 }, { value });
 * ```
 */
export function compute<Name extends keyof ArrayCalls>(
  name: Name,
  inputs: ArrayCalls[Name]["inputs"],
  params?: ArrayCalls[Name]["params"],
  out?: Readonly<Partial<ArrayCalls[Name]["outputs"]>>,
): ArrayCalls[Name]["outputs"];
export function compute(
  name: string,
  inputs: Readonly<Record<string, Numbers | number>>,
  params: Readonly<Record<string, unknown>> = {},
  out?: Readonly<Record<string, Float64Array>>,
): Record<string, Float64Array> {
  if (typeof name !== "string") {
    throw new TaError(`compute: an indicator is named by text, got ${describe(name)}`);
  }
  if (!isOptions(inputs)) {
    throw new TaError(
      `${name}: inputs must be an object of arrays by name, got ${describe(inputs)}`,
    );
  }
  const call = prepare(name, params);
  const { arrays, rows } = inputArrays(call.meta, inputs);
  const width = arrays.length + call.meta.outputs.length;
  const given = out === undefined ? undefined : outputArrays(call.meta, out, arrays, rows);
  try {
    if (rows === 0) {
      return named(call, given ?? call.meta.outputs.map(() => new Float64Array()));
    }
    if (rows * width <= scratch.length) return computeInScratch(call, arrays, rows, given);
    const outputs = given ?? call.meta.outputs.map(() => borrowNumbers(rows));
    call.direct.runInto(arrays, outputs);
    return named(call, outputs);
  } catch (error) {
    throw taError(error);
  }
}

/**
 * Memory shared with the addon for short calls: copying some hundred numbers there is faster than
 * passing arrays to the addon.
 */
const scratch = new Float64Array(4_096);

function computeInScratch(
  call: Prepared,
  arrays: Float64Array[],
  rows: number,
  given: Float64Array[] | undefined,
) {
  let at = 0;
  for (const array of arrays) {
    scratch.set(array, at);
    at += rows;
  }
  call.direct.runInScratch(rows, arrays.length, call.meta.outputs.length);
  const outputs: Record<string, Float64Array> = {};
  for (const [index, { name }] of call.meta.outputs.entries()) {
    const values = scratch.subarray(at, at + rows);
    const output = given?.[index];
    output?.set(values);
    // Faster than `slice`.
    outputs[name] = output ?? new Float64Array(values);
    at += rows;
  }
  return outputs;
}

function named({ meta }: Prepared, arrays: Float64Array[]): Record<string, Float64Array> {
  return Object.fromEntries(meta.outputs.map(({ name }, index) => [name, arrays[index]])) as Record<
    string,
    Float64Array
  >;
}

function prepare(name: string, params: Readonly<Record<string, unknown>>): Prepared {
  const key = keyOf(name, params);
  const known = key === undefined ? undefined : prepared.get(key);
  if (known) return known;
  const made = check(name, params);
  if (key !== undefined) {
    if (prepared.size >= KEPT_CALLS) prepared.clear();
    prepared.set(key, made);
  }
  return made;
}

/** The key of a call; undefined if a value has a type that no parameter can have. */
function keyOf(name: string, params: Readonly<Record<string, unknown>>): string | undefined {
  if (!isOptions(params)) return undefined;
  let key = name;
  for (const option of Object.keys(params)) {
    const value = params[option];
    if (typeof value !== "number" && typeof value !== "string" && typeof value !== "boolean") {
      return undefined;
    }
    key += `\0${option}\0${typeof value}\0${value}`;
  }
  return key;
}

function check(name: string, params: Readonly<Record<string, unknown>>): Prepared {
  if (!isOptions(params)) {
    throw new TaError(
      `${name}: params must be an object of values by name, got ${describe(params)}`,
    );
  }
  const { [MISSING_OPTION]: missing, ...named } = params;
  const meta = indicatorNamed(name);
  const { [ALLOW_OPTION]: asked, ...others } = named;
  const given = canLookAhead(meta) ? others : named;
  const allow = given === others ? allowance(name, asked) : undefined;
  const values = Object.entries(given).filter(([, value]) => value !== undefined);
  const json = JSON.stringify(Object.fromEntries(values.map(([n, v]) => [n, visible(v)])));
  const mode = missing === undefined || typeof missing === "string" ? missing : describe(missing);
  const direct = asTaError(() => new addon.Direct(name, json, mode, allow, scratch));
  return { meta, direct };
}

function inputArrays(
  meta: IndicatorMeta,
  inputs: Readonly<Record<string, Numbers | number>>,
): { arrays: Float64Array[]; rows: number } {
  const slots = meta.semantics.input_slots;
  let rows = -1;
  for (const { name } of slots) {
    const value = inputs[name];
    if (value === undefined) refuseOthers(meta, inputs);
    if (typeof value === "object" && value !== null && rows < 0) rows = value.length;
  }
  const arrays = slots.map(({ name }) => {
    const array = asArray(meta, name, inputs[name], rows);
    if (array.length === rows) return array;
    throw new TaError(
      `${meta.id}: inputs must have the same length, ${name} has ${array.length} values where others have ${rows}`,
    );
  });
  if (Object.keys(inputs).length > slots.length) refuseOthers(meta, inputs);
  return { arrays, rows };
}

function asArray(meta: IndicatorMeta, slot: string, value: unknown, rows: number): Float64Array {
  if (value instanceof Float64Array) return value;
  if (typeof value === "number" && rows >= 0) return new Float64Array(rows).fill(value);
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return Float64Array.from(value as ArrayLike<number>, (each) => Number(each ?? Number.NaN));
  }
  throw new TaError(
    `${meta.id}: ${slot} must be a Float64Array or another array of numbers, got ${describe(value)}`,
  );
}

function refuseOthers(meta: IndicatorMeta, inputs: object): void {
  const names = meta.semantics.input_slots.map(({ name }) => name);
  const unknown = Object.keys(inputs).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownOption(meta.id, unknown, names, "input");
}

/** The arrays for the results, in the order of the outputs. */
function outputArrays(
  meta: IndicatorMeta,
  out: Readonly<Record<string, Float64Array>>,
  inputs: readonly Float64Array[],
  rows: number,
): Float64Array[] {
  if (!isOptions(out)) {
    throw new TaError(`${meta.id}: out must be an object of arrays by name, got ${describe(out)}`);
  }
  const names = meta.outputs.map(({ name }) => name);
  const unknown = Object.keys(out).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw unknownOption(meta.id, unknown, names, "output");
  }
  const taken = [...inputs];
  return names.map((name) => {
    const array: unknown = out[name];
    if (array === undefined) return new Float64Array(rows);
    if (!(array instanceof Float64Array) || array.length !== rows) {
      const got = array instanceof Float64Array ? `one of ${array.length}` : describe(array);
      throw new TaError(
        `${meta.id}: out.${name} must be a Float64Array of ${rows} values, got ${got}`,
      );
    }
    if (taken.some((other) => shareMemory(array, other))) {
      throw new TaError(
        `${meta.id}: out.${name} must not share memory with an input or another output`,
      );
    }
    taken.push(array);
    return array;
  });
}

function shareMemory(a: Float64Array, b: Float64Array): boolean {
  const [from, other] = [addon.addressOf(a), addon.addressOf(b)];
  return from < other + b.length * BYTES && other < from + a.length * BYTES;
}

/** Bytes of a number. */
const BYTES = 8;
