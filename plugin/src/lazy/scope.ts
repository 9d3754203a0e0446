import type { NativeLazy } from "../polars/native.js";
import { label, type Request } from "./placeholder.js";

/** State that the contexts of one run share. */
export class Scope {
  #hidden = 0;
  readonly #plans = new Map<object, Map<string | undefined, NativeLazy>>();

  /**
   * @param describeOnly Use typed columns instead of results: enough for a schema or a readable
   * plan, and nothing is computed.
   * @param planOnly Nothing is computed: a context that cannot be left to polars throws NotInPolars.
   */
  constructor(
    readonly describeOnly = false,
    readonly planOnly = false,
  ) {}

  /** The plans of a deferred frame in this run, by the columns that later calls read. */
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
