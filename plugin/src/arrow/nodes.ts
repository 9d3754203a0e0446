/** Computes several indicators, and indicators of indicators, together. */

import type { Vector } from "apache-arrow";
import { type CheckedCall, checkCall, isOptions, parseCall } from "../core/arguments.js";
import type { IndicatorMeta, InputSlot } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { ANY, checkOptions, MISSING, type OptionTypes } from "../core/options.js";
import type { Missing } from "../core/types.js";
import { inputOf, known, taskFrom } from "./calls.js";
import type { Chunks } from "./chunks.js";
import { evaluate } from "./evaluate.js";
import { type Column, called, type Subject } from "./subject.js";
import type { ArrowVector } from "./surfaces.js";

/** An indicator to compute, for programs that read names from a configuration. */
export interface Indicator {
  /** Id or alias. */
  readonly id: string;
  /** Parameters by name. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Inputs by slot name: columns, vectors, numbers or other indicators. */
  readonly inputs?: Readonly<Record<string, IndicatorInput>>;
  /** What a row with a null, NaN or infinite input does. Default `"skip"`. */
  readonly missing?: Missing;
  /** One output of an indicator that has several. */
  readonly field?: string;
  /** Name of the result instead of the default one. */
  readonly as?: string;
}

/** An input of an {@link Indicator}; a string is a column name. */
export type IndicatorInput = string | ArrowVector | number | Indicator;

/** A checked call and its inputs. */
export interface Node {
  readonly meta: IndicatorMeta;
  readonly call: CheckedCall;
  readonly missing: Missing | undefined;
  readonly inputs: readonly NodeInput[];
  readonly field: string | undefined;
  /** 1 if no input is another node, else one more than the highest level of its inputs. */
  readonly level: number;
}

/** An input: a column, a constant, or the result of another node. */
export type NodeInput = Column | number | Node;

const INDICATOR: OptionTypes<Indicator> = {
  id: ANY,
  params: ["an object by name", isOptions],
  inputs: ["an object by name", isOptions],
  missing: MISSING,
  field: ANY,
  as: ["a string", (value) => typeof value === "string"],
};

/** The `inputs` option of a whole call: columns by usual name, or constants. */
export type UsualInputs = Readonly<Record<string, string | number>>;

/** Most levels of indicators of indicators. */
const MOST_LEVELS = 100;

/**
 * Checks an indicator and those that it reads. An object that occurs several times is checked once.
 */
export function nodeOf(
  given: unknown,
  subject: Subject,
  columns: UsualInputs,
  known: Map<unknown, Node>,
): Node {
  const read = (value: unknown, level: number): Node => {
    if (level > MOST_LEVELS) throw tooDeep();
    const inner = (one: unknown) => read(one, level + 1);
    const node = known.get(value) ?? checked(value, subject, columns, inner);
    if (node.level > MOST_LEVELS) throw tooDeep();
    known.set(value, node);
    return node;
  };
  return read(given, 1);
}

const tooDeep = (): TaError =>
  new TaError(
    `compute: more than ${MOST_LEVELS} indicators are inside each other; compute a part of them first`,
  );

function checked(
  given: unknown,
  subject: Subject,
  columns: UsualInputs,
  inner: (given: unknown) => Node,
): Node {
  if (!isOptions(given)) {
    throw new TaError(`compute: an indicator must be an object with an id, got ${called(given)}`);
  }
  const { id: name } = given;
  const meta = known(name, "compute");
  const { params, inputs, missing, field } = checkOptions(meta.id, given, INDICATOR, {
    shown: called,
  });
  const call = parseCall(meta, [{ ...params, ...inputs, missing }], undefined, {
    inputs: columns,
  });
  const read = (slot: InputSlot) => {
    const value = call.inputs[slot.name];
    return isOptions(value) ? inner(value) : inputOf(meta, subject, slot, value);
  };
  const found = meta.semantics.input_slots.map(read);
  return {
    meta,
    call: checkCall(meta, call),
    missing: call.missing,
    inputs: found,
    field: fieldOf(meta, field),
    level: levelOf(found),
  };
}

/** The level of a node with these inputs. */
export const levelOf = (inputs: readonly NodeInput[]): number =>
  1 + Math.max(0, ...inputs.map((input) => (isNode(input) ? input.level : 0)));

function fieldOf(meta: IndicatorMeta, field: unknown): string | undefined {
  if (field === undefined) return undefined;
  const names = meta.outputs.map(({ name }) => name);
  if (names.includes(String(field)) && names.length > 1) return String(field);
  const has = names.length > 1 ? `it has ${names.join(", ")}` : "it has one output, without a name";
  throw new TaError(`${meta.id} has no output ${called(field)}; ${has}`);
}

const isNode = (input: NodeInput): input is Node => typeof input === "object" && "meta" in input;

/** Computes all nodes, with one call of the addon per level. Equal nodes are computed once. */
export function computeAll(
  nodes: readonly Node[],
  subject: Subject,
  over: readonly Column[],
): Vector[] {
  const results = new Map<number, Vector>();
  const keys = new Keys();
  const all = withInputs(nodes);
  const levels = Math.max(0, ...all.map(({ level }) => level));
  for (let level = 1; level <= levels; level++) {
    const wanted = all.filter((node) => node.level === level);
    const open = new Map(wanted.map((node) => [keys.of(node), node]));
    const column = (node: Node): Column => ({ name: node.call.name, vector: resultOf(node) });
    const tasks = [...open.values()].map(({ meta, call, missing, inputs }) => {
      const found = inputs.map((input) => (isNode(input) ? column(input) : input));
      return taskFrom(meta, call, { missing }, over, (_, index) => found[index] as Column | number);
    });
    const vectors = evaluate(tasks, subject.rows);
    for (const [index, key] of [...open.keys()].entries()) {
      results.set(key, vectors[index] as Vector);
    }
  }

  function resultOf(node: Node): Vector {
    const vector = results.get(keys.of(node)) as Vector;
    return node.field === undefined ? vector : (vector.getChild(node.field) as Vector);
  }
  return nodes.map(resultOf);
}

/** All nodes, each once; a node comes after those that it reads. */
function withInputs(nodes: readonly Node[]): Node[] {
  const found = new Set<Node>();
  const add = (node: Node): void => {
    if (found.has(node)) return;
    node.inputs.filter(isNode).forEach(add);
    found.add(node);
  };
  nodes.forEach(add);
  return [...found];
}

/** Numbers nodes. Equal nodes get the same number, whatever output of them is used. */
class Keys {
  readonly #vectors = new Map<Chunks, number>();
  readonly #nodes = new Map<Node, number>();
  readonly #texts = new Map<string, number>();

  of(node: Node): number {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const { call, missing, inputs } = node;
    const read = inputs.map((input) => {
      if (typeof input === "number") return String(input);
      return isNode(input) ? [this.of(input), input.field] : [this.#number(input.vector)];
    });
    const key = numbered(this.#texts, JSON.stringify([call.id, call.params, missing, read]));
    this.#nodes.set(node, key);
    return key;
  }

  #number(vector: Chunks): number {
    return numbered(this.#vectors, vector);
  }
}

/** The number of a value; a new one gets the next number. */
function numbered<T>(known: Map<T, number>, thing: T): number {
  const number = known.get(thing) ?? known.size;
  known.set(thing, number);
  return number;
}
