/** Parameters drawn from what the catalog allows. */

import type { IndicatorMeta, IndicatorParamMeta } from "nodejs-polars-ta";

/** A stream of numbers from 0 to 1 that is the same everywhere. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Whole numbers reach to here, so that windows stay shorter than the frames of tests. */
const LONGEST = 40;

function draw(param: IndicatorParamMeta, next: () => number): number | string | boolean {
  const { kind, default: usual, min = 0, max = 0, enum_values: words = [] } = param;
  if (kind === "bool") return next() < 0.5;
  if (kind === "enum") return words[Math.floor(next() * words.length)] ?? usual;
  if (kind === "int") {
    const most = Math.min(max, Math.max(min, LONGEST));
    return min + Math.floor(next() * (most - min + 1));
  }
  const reach = 4 * Math.max(1, Math.abs(Number(usual)));
  const [low, high] = [Math.max(min, Number(usual) - reach), Math.min(max, Number(usual) + reach)];
  return low + next() * (high - low);
}

/** The option that lets an indicator look ahead, for those that take it. */
export const allowed = ({ semantics }: IndicatorMeta): { allowLookahead?: true } =>
  semantics.lookahead_params ? { allowLookahead: true } : {};

export type Given = Record<string, number | string | boolean>;

/**
 * Random values of the parameters in `names`; drawn again as long as `accept` throws,
 * because not all values go together. Those that look ahead ask for it.
 */
export function drawParams<T>(
  meta: IndicatorMeta,
  names: readonly string[],
  next: () => number,
  accept: (params: Given) => T,
): T {
  const chosen = meta.params.filter((param) => names.includes(param.name));
  for (let tries = 1; ; tries++) {
    const drawn = chosen.map((param) => [param.name, draw(param, next)]);
    const params = { ...Object.fromEntries(drawn), ...allowed(meta) };
    try {
      return accept(params);
    } catch (error) {
      if (tries === 500) throw error;
    }
  }
}
