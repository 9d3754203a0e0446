/** Makes bound features of a configuration. Every form of feature goes through a text. */

import { refuseLookahead } from "../core/arguments.js";
import { indicatorNamed } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { featureAt, type Sentence, sentence, setting, type Words } from "../core/sentence.js";
import { unknownName } from "../core/unknown.js";
import { usualNames } from "../core/usual.js";
import { ALLOW_OPTION } from "../generated/options.js";
import type { Feature } from "../language/ast.js";
import { Binder, type Bound, bindText, type Names } from "../language/bind.js";
import { calls, isStruct, type Meaning, sizeOf } from "../language/meaning.js";
import { parse } from "../language/parse.js";
import { print } from "../language/print.js";
import type { PipelineConfig } from "./config.js";
import { textsOf } from "./grid.js";

/** One column of a pipeline's result. */
export interface PipelineFeature {
  readonly name: string;
  readonly meaning: Meaning;
}

/** The features of a configuration, in order. Lists of parameter values make several. */
export function featuresOf(config: PipelineConfig): PipelineFeature[] {
  const { inputs = {}, missing } = config;
  const given = namedInputs(inputs, missing);
  const asked = new Set<string>();
  const lookUp = (name: string) => {
    asked.add(name);
    return given.get(name);
  };
  const names: Names = { inputs: { get: lookUp }, missing };
  const allowed = allowedIds(config.allowLookahead);
  const seen = new Map<string, number>();
  const features = config.features.flatMap((feature, index) =>
    inContext([featureAt(index)], () => {
      const bound = textsOf(feature).map(({ text, as }) => renamed(bindText(text, names), as));
      for (const { meaning } of bound) checkLookahead(meaning, allowed);
      const columns = bound.flatMap((each) => (config.unnest ? unnested(each) : [each]));
      for (const { name } of columns) {
        const first = seen.get(name);
        if (first !== undefined) throw new TaError(clash(name, first, index));
        seen.set(name, index);
      }
      return columns;
    }),
  );
  checkUsed(Object.keys(inputs), asked);
  checkSize(features);
  return features;
}

/** Most parts of all features, with `inputs` written out: polars stores every part. */
const MOST_PARTS = 200_000;

function checkSize(features: readonly PipelineFeature[]): void {
  const known = new Map<Meaning, number>();
  const size = features.reduce((sum, { meaning }) => sum + sizeOf(meaning, known), 0);
  if (size <= MOST_PARTS) return;
  throw new TaError(
    `the features have ${size} parts when their inputs are written out, the most is ${MOST_PARTS}; make several pipelines of them`,
  );
}

/** Puts `where` before the message of an error. */
function inContext<T>(where: string | Sentence, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TaError)) throw error;
    throw error.within(where);
  }
}

const clash = (name: string, first: number, second: number): string | Sentence =>
  first === second
    ? `several columns would have the name "${name}"; put the parameters that differ into as, such as "name_{parameter}"`
    : sentence`the name "${name}" is also that of ${featureAt(first)}; give one of them another with as`;

const renamed = (bound: Bound, as: string | undefined): Bound =>
  as === undefined ? bound : { ...bound, name: as };

/** One feature per output of an indicator that has several. */
function unnested({ name, meaning }: PipelineFeature): PipelineFeature[] {
  if (!isStruct(meaning)) return [{ name, meaning }];
  return meaning.meta.outputs.map((output) => ({
    name: `${name}_${output.name}`,
    meaning: { kind: "field", of: meaning, name: output.name },
  }));
}

const inputNamed = (name: string): Words => ({
  program: `inputs.${name}`,
  shell: `--columns: ${name}`,
});

/** The expressions that bare names stand for. Names in them are columns of the frame. */
export function namedInputs(
  inputs: NonNullable<PipelineConfig["inputs"]>,
  missing: Names["missing"],
): Map<string, Meaning> {
  const entries = Object.entries(inputs).map(([name, value]): [string, Meaning] => [
    name,
    inContext([inputNamed(name)], () => namedInput(value, { inputs: new Map(), missing })),
  ]);
  return new Map(entries);
}

function namedInput(value: string | number, names: Names): Meaning {
  if (typeof value === "number") return { kind: "constant", value };
  const { expr, as } = parsed(value);
  if (as !== undefined) throw new TaError(`an input takes no "as", got ${JSON.stringify(value)}`);
  return new Binder(value, names).single(expr);
}

function parsed(value: string): Feature {
  try {
    return parse(value);
  } catch (error) {
    if (!/^[\w ]+$/.test(value)) throw error;
    const column = print({ kind: "column", name: value, at: { start: 0, end: 0 } });
    throw new TaError(`${value} is no expression; a column of that name is written ${column}`);
  }
}

/** Throws if no feature reads an input, unless indicators read its name by default. */
function checkUsed(inputs: readonly string[], asked: ReadonlySet<string>): void {
  const unused = inputs.filter((name) => !asked.has(name));
  if (unused.length === 0) return;
  const wrong = unused.find((name) => !usualNames().has(name));
  if (wrong === undefined) return;
  const said = sentence`${inputNamed(wrong)} is read by no feature`;
  throw new TaError(unknownName(said, wrong, [...asked]));
}

/** The ids of the indicators whose look-ahead the caller allows. */
export function allowedIds(names: readonly string[] = []): Set<string> {
  return new Set(
    names.map((name) => inContext([setting(ALLOW_OPTION)], () => indicatorNamed(name).id)),
  );
}

/** Throws if an indicator uses later rows without permission. */
export function checkLookahead(meaning: Meaning, allowed: ReadonlySet<string>): void {
  for (const { checked } of calls(meaning)) {
    const { id } = checked;
    const allow = sentence`${setting(ALLOW_OPTION, [id])}`;
    refuseLookahead(checked, allowed.has(id) ? undefined : allow);
  }
}
