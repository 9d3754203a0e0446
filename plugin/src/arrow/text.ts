/**
 * Calls in the expression language as indicators. Nothing but calls, their fields and
 * columns has a meaning over Arrow: other operators are polars' business.
 */

import type { IndicatorMeta } from "../catalog.js";
import { type TaError, taError } from "../errors.js";
import type { Argument, Node } from "../language/ast.js";
import { errorAt } from "../language/messages.js";
import { parse } from "../language/parse.js";
import { known } from "./calls.js";
import type { Indicator, IndicatorInput } from "./nodes.js";

/** What a text such as `rsi(14) as fast` says. */
export function fromText(text: string): Indicator {
  const { expr, as } = parse(text);
  const read = new Reader(text).indicator(expr);
  return as === undefined ? read : { ...read, as };
}

class Reader {
  constructor(readonly text: string) {}

  /** A call, one of its outputs, or a bare name, which is a call with defaults. */
  indicator(node: Node): Indicator {
    if (node.kind === "field") return { ...this.indicator(node.of), field: node.name };
    if (node.kind === "name") return this.#call(node, node.name, []);
    if (node.kind === "call") return this.#call(node, node.name, node.args);
    throw this.#refused(node, "an indicator");
  }

  #call(node: Node, name: string, args: readonly Argument[]): Indicator {
    const meta = this.#meta(node, name);
    const inputs: Record<string, IndicatorInput> = {};
    const params: Record<string, unknown> = {};
    const slots = meta.semantics.input_slots.map((slot) => slot.name);
    const open = { slots: [...slots], params: meta.params.map((param) => param.name) };
    for (const { name: given, value, at } of args) {
      const slot =
        given === undefined ? this.#nextSlot(meta, open, value) : slots.find((s) => s === given);
      const to = slot ?? given ?? open.params.shift();
      if (to === undefined) {
        throw errorAt(this.text, at, `${meta.id} takes no more arguments`);
      }
      const [where, read] =
        slot === undefined ? [params, this.#value(value)] : [inputs, this.#input(value)];
      if (Object.hasOwn(where, to))
        throw errorAt(this.text, at, `${meta.id}: ${to} is given twice`);
      where[to] = read;
    }
    return { id: meta.id, params, inputs };
  }

  #meta({ at }: Node, name: string): IndicatorMeta {
    try {
      return known(name, "compute");
    } catch (error) {
      throw errorAt(
        this.text,
        { start: at.start, end: at.start + name.length },
        taError(error).message,
      );
    }
  }

  /** Inputs come first, in the catalog's order: numbers where there is no usual column. */
  #nextSlot(
    meta: IndicatorMeta,
    open: { slots: string[]; params: string[] },
    value: Node,
  ): string | undefined {
    const [next] = open.slots;
    const begun = open.params.length < meta.params.length;
    if (next === undefined || begun) return undefined;
    const slot = meta.semantics.input_slots.find(({ name }) => name === next);
    const isColumn = ["name", "column", "call", "field"].includes(value.kind);
    return isColumn || slot?.default === undefined ? open.slots.shift() : undefined;
  }

  #input(node: Node): IndicatorInput {
    if (node.kind === "number") return node.value;
    if (node.kind === "name" || node.kind === "column") return node.name;
    if (node.kind === "unary" && node.op === "-" && node.of.kind === "number")
      return -node.of.value;
    if (node.kind === "call" || node.kind === "field") return this.indicator(node);
    throw this.#refused(node, "a column, a number or an indicator");
  }

  #value(node: Node): number | string | boolean {
    if (node.kind === "number" || node.kind === "string" || node.kind === "boolean")
      return node.value;
    if (node.kind === "name") return node.name;
    if (node.kind === "unary" && node.op === "-" && node.of.kind === "number")
      return -node.of.value;
    throw this.#refused(node, "a value");
  }

  #refused(node: Node, wanted: string): TaError {
    const isOperator = node.kind === "binary" || node.kind === "unary";
    const sentence = isOperator
      ? `"${node.op}" is not computed over Arrow tables; pipelines over polars take it`
      : `${wanted} is expected here`;
    return errorAt(this.text, node.at, sentence);
  }
}
