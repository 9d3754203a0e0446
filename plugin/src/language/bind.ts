/**
 * Looks up the names of an expression: indicators, their parameters and outputs.
 *
 * A bare word is a column, with three exceptions. Before a dot, or as the whole feature, it is the
 * indicator of that name if there is one; as the value of a parameter it is a word, such as the
 * type of an average. A word in the caller's `inputs` is the expression given there.
 */

import { find, type IndicatorMeta } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import type { Said } from "../core/sentence.js";
import type { Missing } from "../core/types.js";
import { unknownName } from "../core/unknown.js";
import type { Feature, Node } from "./ast.js";
import { bindCall } from "./bind-call.js";
import {
  isArithmetic,
  isLogic,
  isStruct,
  type Kind,
  kindOf,
  type Meaning,
  sizeOf,
} from "./meaning.js";
import { errorAt } from "./messages.js";
import { parse } from "./parse.js";
import { print } from "./print.js";

/** The names that an expression can use. */
export interface Names {
  /** Expressions that bare words stand for. */
  readonly inputs: Pick<ReadonlyMap<string, Meaning>, "get">;
  /** The missing policy of calls that do not name one. */
  readonly missing?: Missing | undefined;
}

/** A bound expression with its name. */
export interface Bound {
  readonly name: string;
  readonly meaning: Meaning;
  /** Whether the text gave the name. */
  readonly named: boolean;
}

/** Binds the names of one text. */
export class Binder {
  constructor(
    readonly text: string,
    readonly names: Names,
  ) {}

  /** Binds a whole feature; a bare word may be an indicator with default parameters. */
  feature({ expr, as }: Feature): Bound {
    const meaning = expr.kind === "name" ? this.word(expr.name, expr) : this.bind(expr);
    return { meaning, name: as ?? defaultName(expr, meaning), named: as !== undefined };
  }

  /** Binds any part of an expression. */
  bind(node: Node): Meaning {
    switch (node.kind) {
      case "number":
      case "boolean":
      case "string":
        return { kind: "constant", value: node.value };
      case "column":
        return { kind: "column", name: node.name };
      case "name":
        return this.column(node.name);
      case "call":
        return bindCall(this, node);
      case "field":
        return this.field(node);
      case "unary": {
        const of = this.operand(node.of, node.op === "-" ? "number" : "condition", node.op);
        const negated =
          of.kind === "constant" && typeof of.value === "number" ? -of.value : undefined;
        if (negated !== undefined) return { kind: "constant", value: negated };
        return { kind: "unary", op: node.op, of };
      }
      case "binary":
        return this.binary(node);
    }
  }

  /** Binds an expression that must be one column. */
  single(node: Node): Meaning {
    const meaning = this.bind(node);
    if (!isStruct(meaning)) return meaning;
    const outputs = meaning.meta.outputs.map(({ name }) => name);
    const example = `${print(node)}.${outputs[0]}`;
    throw this.error(
      node,
      `${meaning.meta.id} has the outputs ${outputs.join(", ")}; choose one, as in ${example}`,
    );
  }

  error({ at }: Pick<Node, "at">, said: Said): Error {
    return errorAt(this.text, at, said);
  }

  /** A bare word where only a column is possible. */
  private column(name: string): Meaning {
    return this.names.inputs.get(name) ?? { kind: "column", name };
  }

  /** A bare word where an indicator is possible. */
  private word(name: string, node: Node): Meaning {
    const known = this.names.inputs.get(name);
    if (known) return known;
    const meta = find(name);
    return meta
      ? bindCall(this, { kind: "call", name, args: [], at: node.at })
      : { kind: "column", name };
  }

  private field(node: Extract<Node, { kind: "field" }>): Meaning {
    const { of: inner, name } = node;
    const of = inner.kind === "name" ? this.word(inner.name, inner) : this.bind(inner);
    const at = { at: { start: inner.at.end, end: node.at.end } };
    if (of.kind === "column") return { kind: "field", of, name };
    if (of.kind !== "call") throw this.error(at, `${print(inner)} has no outputs to choose from`);
    return { kind: "field", of, name: this.output(of.meta, name, at) };
  }

  private output(meta: IndicatorMeta, name: string, at: Pick<Node, "at">): string {
    const outputs = meta.outputs.map((output) => output.name);
    if (outputs.length < 2) throw this.error(at, `${meta.id} has one output; leave out .${name}`);
    if (outputs.includes(name)) return name;
    const wrong = `${meta.id} has no output "${name}"`;
    throw this.error(at, unknownName(wrong, name, outputs, "its outputs are"));
  }

  private binary(node: Extract<Node, { kind: "binary" }>): Meaning {
    const { op } = node;
    if (isArithmetic(op) || isLogic(op)) {
      const kind = isLogic(op) ? "condition" : "number";
      const left = this.operand(node.left, kind, op);
      return { kind: "binary", op, left, right: this.operand(node.right, kind, op) };
    }
    const [left, right] = [this.single(node.left), this.single(node.right)];
    const kinds = new Set([kindOf(left), kindOf(right)]);
    kinds.delete("any");
    const equality = op === "==" || op === "!=";
    if (kinds.size > 1) {
      throw this.error(node, `"${op}" compares ${[...kinds].map(aKind).join(" with ")}`);
    }
    if (!equality && kinds.has("condition")) {
      throw this.error(node, `"${op}" compares conditions; only == and != do`);
    }
    return { kind: "binary", op, left, right };
  }

  /** Binds an operand. Throws if it is known to be of the wrong kind. */
  private operand(node: Node, wanted: Kind, op: string): Meaning {
    const meaning = this.single(node);
    const kind = kindOf(meaning);
    if (kind === "any" || kind === wanted) return meaning;
    const hint = wanted === "condition" && kind === "number" ? `, as in ${print(node)} > 0` : "";
    throw this.error(node, `"${op}" needs ${aKind(wanted)}${hint}; this is ${aKind(kind)}`);
  }
}

function aKind(kind: Kind): string {
  return kind === "any" ? "anything" : `a ${kind}`;
}

/** The name of an expression without `as`. */
function defaultName(node: Node, meaning: Meaning): string {
  if (node.kind === "name" && meaning.kind !== "call") return node.name;
  if (meaning.kind === "call") return meaning.checked.name;
  if (meaning.kind === "column") return meaning.name;
  if (meaning.kind === "field") return `${ownerName(meaning.of)}_${meaning.name}`;
  return print(node);
}

const ownerName = (owner: Meaning): string =>
  owner.kind === "call" ? owner.checked.name : owner.kind === "column" ? owner.name : "";

/** Most parts of an expression, with `inputs` written out. */
export const MAX_PARTS = 10_000;

/** Parses and binds a text. */
export function bindText(text: string, names: Names): Bound {
  const bound = new Binder(text, names).feature(parse(text));
  const size = sizeOf(bound.meaning);
  if (size <= MAX_PARTS) return bound;
  throw new TaError(
    `the expression has ${size} parts when its inputs are written out, the most is ${MAX_PARTS}; compute one of the inputs in a column first`,
  );
}
