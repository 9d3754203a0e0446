/** Turns the arguments of a method into a task over the columns of a table, or over vectors. */

import {
  type Call,
  type CheckedCall,
  checkCall,
  type Defaults,
  isOptions,
  parseCall,
} from "../core/arguments.js";
import { type IndicatorMeta, type InputSlot, indicatorNamed } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { ANY, type OptionTypes } from "../core/options.js";
import type { CommonOptions } from "../core/types.js";
import type { Task } from "./evaluate.js";
import { asVector, type Column, called, type Subject } from "./subject.js";
import type { ArrowOptions } from "./surfaces.js";

/** Options of methods besides inputs and parameters. */
const OPTIONS: OptionTypes<Omit<ArrowOptions<unknown>, keyof CommonOptions>> = { over: ANY };
const OWN_OPTIONS = Object.keys(OPTIONS);

/** The task of a method call. */
export function taskOf(
  meta: IndicatorMeta,
  subject: Subject,
  args: readonly unknown[],
  defaults: Defaults = {},
): Task {
  const filled = subject.vector && meta.semantics.primary_input;
  const options = args.at(-1);
  if (filled !== undefined && isOptions(options) && options[filled] !== undefined) {
    throw new TaError(`${meta.id}: ${filled} is the vector itself; leave it out of the options`);
  }
  const call = parseCall(meta, args, filled, defaults, OWN_OPTIONS);
  const checked = checkCall(meta, call);
  return taskFrom(meta, checked, call, groupColumns(meta.id, subject, call.own.over), (slot) =>
    inputOf(meta, subject, slot, call.inputs[slot.name]),
  );
}

/** A task; `input` finds the input of each slot. */
export function taskFrom(
  meta: IndicatorMeta,
  call: CheckedCall,
  { missing }: Pick<Call, "missing">,
  over: readonly Column[],
  input: (slot: InputSlot, index: number) => Column | number,
): Task {
  const { input_slots: slots } = meta.semantics;
  return { call, missing, inputs: slots.map(input), kinds: slots.map(({ kind }) => kind), over };
}

/** The input of a slot: the given value, else the vector or the usual column. */
export function inputOf(
  meta: IndicatorMeta,
  subject: Subject,
  slot: InputSlot,
  value: unknown,
): Column | number {
  const { id } = meta;
  const { vector } = subject;
  if (vector && slot.name === meta.semantics.primary_input) return { name: slot.name, vector };
  if (value === undefined && !vector && slot.default !== undefined) return subject.usual(slot, id);
  if (typeof value === "number") return value;
  return columnOf(
    value,
    subject,
    id,
    slot.name,
    `${vector ? "" : "a column name, "}a vector or a number`,
  );
}

/** The columns that divide the rows into groups. */
export function groupColumns(caller: string, subject: Subject, over: unknown): Column[] {
  if (over === undefined) return [];
  const keys = [over].flat();
  if (keys.length === 0) {
    throw new TaError(`${caller}: over must be one or more columns, got ${called(over)}`);
  }
  const allowed = subject.vector ? "a vector" : "a column name or a vector";
  return keys.map((key) => columnOf(key, subject, caller, "over", allowed));
}

function columnOf(
  given: unknown,
  subject: Subject,
  caller: string,
  what: string,
  allowed: string,
): Column {
  if (typeof given === "string") return subject.column(given, caller);
  const vector = asVector(given);
  if (given === undefined) throw new TaError(`${caller}: ${what} is required: ${allowed}`);
  if (!vector) throw new TaError(`${caller}: ${what} must be ${allowed}, got ${called(given)}`);
  if (vector.length === subject.rows) return { name: what, vector };
  throw new TaError(
    `${caller}: inputs must have the same length, ${what} has ${vector.length} rows where others have ${subject.rows}`,
  );
}

/** The catalog entry of a name. Throws the addon's error if there is none. */
export function known(name: unknown, caller: string): IndicatorMeta {
  if (typeof name !== "string") {
    throw new TaError(`${caller}: an indicator is named by text, got ${called(name)}`);
  }
  return indicatorNamed(name);
}
