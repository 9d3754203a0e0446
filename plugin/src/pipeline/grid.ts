/**
 * Turns features of any form into texts of the expression language. Lists of parameter values make
 * one text per combination.
 */

import { indicatorNamed } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { MISSING_OPTION } from "../generated/options.js";
import type { Argument, Node } from "../language/ast.js";
import { parse } from "../language/parse.js";
import { isBare, print } from "../language/print.js";
import { spellValue } from "../language/spell.js";
import type { FeatureConfig, IndicatorFeature, ParameterValue } from "./config.js";

/** An expression, and its name if the feature has one. */
export interface FeatureText {
  readonly text: string;
  readonly as: string | undefined;
}

/** Most columns from one feature. */
const MOST = 10_000;

const at = { start: 0, end: 0 };

export function textsOf(feature: FeatureConfig): FeatureText[] {
  if (typeof feature === "string") return [{ text: feature, as: undefined }];
  if ("expr" in feature) return [{ text: feature.expr, as: feature.as }];
  return combinations(feature.params ?? {}).map((params) => ({
    text: textOf(feature, params),
    as: feature.as === undefined ? undefined : filledIn(feature.as, params),
  }));
}

type Params = Readonly<Record<string, ParameterValue>>;

/** Every combination of the values, the last parameter changing fastest. */
function combinations(params: NonNullable<IndicatorFeature["params"]>): Params[] {
  let made: Params[] = [{}];
  for (const [name, given] of Object.entries(params)) {
    const values = [given].flat() as ParameterValue[];
    if (made.length * values.length > MOST) {
      throw new TaError(`params has more than ${MOST} combinations`);
    }
    made = made.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value })));
  }
  return made;
}

/** Replaces `{period}` in a name by the value of that parameter. */
function filledIn(name: string, params: Params): string {
  return name.replaceAll(/\{(\w+)\}/g, (_, param: string) => {
    const value = Object.hasOwn(params, param) ? params[param] : undefined;
    if (value !== undefined) return String(value);
    throw new TaError(`as has {${param}}, but params has no ${param}`);
  });
}

/** The text of the call that an object describes. */
function textOf({ id, inputs = {}, missing, output }: IndicatorFeature, params: Params): string {
  const args: Argument[] = [
    ...Object.entries(inputs).map(([name, value]) => argument(name, inputNode(name, value))),
    ...Object.entries(params).map(([name, value]) => argument(name, spellValue(value))),
    ...(missing === undefined ? [] : [argument(MISSING_OPTION, spellValue(missing))]),
  ];
  const { id: name } = indicatorNamed(id);
  const call: Node = { kind: "call", name, args, at };
  return print(output === undefined ? call : { kind: "field", of: call, name: output, at });
}

function argument(name: string, value: Node): Argument {
  if (isBare(name)) return { name, value, at };
  throw new TaError(`"${name}" is no name of a parameter or an input`);
}

function inputNode(name: string, value: string | number): Node {
  if (typeof value === "number") return spellValue(value);
  const { expr, as } = parse(value);
  if (as === undefined) return expr;
  throw new TaError(`inputs.${name} takes no "as", got ${JSON.stringify(value)}`);
}
