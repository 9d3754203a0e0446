/** Writes the features of a pipeline as a program for the addon. */

import { type Meaning, parts } from "../language/meaning.js";
import type { PipelineFeature } from "../pipeline/checked.js";

/** A field of a bar that features read. */
export interface Field {
  /** Its name; with two names, a field of an object in the bar. */
  readonly path: readonly [string] | readonly [string, string];
  /** Whether only inputs read it by default, so that it may be written in another case. */
  readonly usual: boolean;
  /** A feature that reads it. */
  readonly feature: string;
}

/** A program, and the fields that it reads. */
export interface Program {
  readonly json: string;
  readonly fields: readonly Field[];
  /** For each feature the number of the field that it is; undefined if it is computed. */
  readonly plain: readonly (number | undefined)[];
}

/** The program of features. Equal parts are computed once. */
export function programOf(features: readonly PipelineFeature[]): Program {
  const fields: Field[] = [];
  const nodes: object[] = [];
  const numbers = new Map<Meaning, number>();
  const known = new Map<string, number>();
  let feature = "";

  const add = (node: object): number => {
    const key = JSON.stringify(node);
    const number = known.get(key) ?? nodes.push(node) - 1;
    known.set(key, number);
    return number;
  };
  const constant = (value: number | boolean | string): number =>
    // JSON has no zero with a sign.
    Object.is(value, -0)
      ? add({ kind: "negated", of: constant(0) })
      : add({ kind: "constant", value });
  const field = (path: Field["path"], usual: boolean): number => {
    const found = fields.findIndex((other) => String(other.path) === String(path));
    const known = fields[found];
    if (known === undefined) fields.push({ path, usual, feature });
    // A name that the text has must be there exactly.
    else if (known.usual && !usual) fields[found] = { path, usual, feature };
    return add({ kind: "field", field: found < 0 ? fields.length - 1 : found });
  };
  const numberOf = (meaning: Meaning): number => {
    const counted = numbers.get(meaning);
    if (counted !== undefined) return counted;
    const number = nodeOf(meaning);
    numbers.set(meaning, number);
    return number;
  };
  const nodeOf = (meaning: Meaning): number => {
    switch (meaning.kind) {
      case "constant":
        return constant(meaning.value);
      case "column":
        return field([meaning.name], meaning.usual === true);
      case "field": {
        const { of, name } = meaning;
        if (of.kind === "column") return field([of.name, name], of.usual === true);
        return add({ kind: "output", of: numberOf(of), name });
      }
      case "call": {
        // Written out, so that it makes no difference whether a text names the default.
        const { checked, missing = "skip" } = meaning;
        const inputs = parts(meaning).map(numberOf);
        return add({ kind: "call", id: checked.id, params: checked.params, missing, inputs });
      }
      case "unary":
        return add({ kind: meaning.op === "not" ? "not" : "negated", of: numberOf(meaning.of) });
      case "binary": {
        const { op, left, right } = meaning;
        return add({ kind: "binary", op, left: numberOf(left), right: numberOf(right) });
      }
      case "if": {
        const [when, value, otherwise] = parts(meaning).map(numberOf);
        return add({ kind: "if", when, value, otherwise, values: meaning.values });
      }
      case "fill": {
        const [of, by] = parts(meaning).map(numberOf);
        return add({ kind: "fill", of, with: by, values: meaning.values });
      }
    }
  };
  const written = features.map(({ name, meaning }) => {
    feature = name;
    return { name, node: numberOf(meaning) };
  });
  const plain = written.map(({ node }) => (nodes[node] as { field?: number }).field);
  const names = fields.map(({ path }) => path.join("."));
  return { json: JSON.stringify({ fields: names, nodes, features: written }), fields, plain };
}
