import type { NativeLazy } from "../polars/native.js";
import { label, type Request } from "./placeholder.js";

/** What the contexts of one run have in common. */
export class Scope {
  #hidden = 0;
  readonly #plans = new Map<object, Map<string | undefined, NativeLazy>>();

  /**
   * @param describeOnly Stand in for results with columns of their type: enough for a
   * schema or a readable plan, and nothing is computed.
   */
  constructor(readonly describeOnly = false) {}

  /** What a deferred frame has become in this run, by the columns that are read of it. */
  plans(frame: object): Map<string | undefined, NativeLazy> {
    const known = this.#plans.get(frame) ?? new Map();
    this.#plans.set(frame, known);
    return known;
  }

  hiddenName = (request: Request): string => {
    const number = this.#hidden++;
    return this.describeOnly ? `${label(request)}#${number}` : `__ta_${number}`;
  };
}
