/** What there is to know about a call of an indicator, and how it is shown. */

import { addon } from "../core/addon.js";
import type { CheckedCall } from "../core/arguments.js";
import type { IndicatorMeta } from "../core/catalog.js";
import type { Missing } from "../generated/options.js";
import { type Document, Page } from "../notebook/document.js";
import { Shown } from "../notebook/mime.js";
import { evidence } from "./evidence.js";
import { page } from "./page.js";

/** A call, checked, with what its inputs read and what missing rows do. */
export interface Explained {
  readonly meta: IndicatorMeta;
  readonly call: CheckedCall;
  /** What each input slot reads. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly missing: Missing;
}

/**
 * What there is to know about an indicator with the parameters of a call. Notebooks show it
 * as a page, `console.log` and `toString` as text.
 */
export class Explanation extends Page {
  /** The catalog entry. */
  readonly indicator: IndicatorMeta;
  /** Default name of the result. */
  readonly name: string;
  /** Every parameter with its value. */
  readonly params: Readonly<Record<string, number | string | boolean>>;
  /** What each input slot reads: a column's name, or an expression. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What a row with a missing input does: `"skip"`, `"propagate"` or `"error"`. */
  readonly missing: Missing;
  /** Rows at the start without a value. */
  readonly lookback: number;
  /** Rows of the future that a value depends on: the last ones have none. */
  readonly lookahead: number;
  /** What the values are checked against. */
  readonly oracles: readonly string[];
  /**
   * The largest difference from the oracle in any golden case, relative to the value, or
   * absolute for values near zero. 0 where they are equal; `undefined` if it was not measured.
   */
  readonly maximumError: number | undefined;
  /** Its names in other libraries. */
  readonly elsewhere: Readonly<Record<string, readonly string[]>>;
  /** What differs between the libraries. TA-Lib's convention is the one that holds here. */
  readonly notes: readonly string[];
  #stableAfter: number | null | undefined;

  /** @internal */
  constructor({ meta, call, inputs, missing }: Explained) {
    super();
    const { oracles, error, tolerance, elsewhere = {}, notes = [] } = evidence(meta.id);
    this.indicator = meta;
    this.name = call.name;
    this.params = call.params;
    this.inputs = inputs;
    this.missing = missing;
    this.lookback = call.lookback;
    this.lookahead = call.lookahead;
    this.oracles = oracles;
    // The product of a power of ten and 1e-9 is not quite a power of ten.
    this.maximumError =
      typeof error === "number" ? Number((error * tolerance).toPrecision(3)) : error && 0;
    this.elsewhere = elsewhere;
    this.notes = notes;
  }

  /**
   * Rows of history after which a value is the same wherever its series began, to 1e-9 of its
   * size: the lookback of a window, measured for a recursion. `null` if all rows are needed.
   */
  get stableAfter(): number | null {
    if (this.#stableAfter === undefined) {
      this.#stableAfter = addon.stableAfter(this.indicator.id, JSON.stringify(this.params));
    }
    return this.#stableAfter;
  }

  /** @internal */
  protected override document(): Document {
    return page(this);
  }

  /** The facts, with the indicator by its id: `ta.find` has its entry. */
  toJSON(): object {
    return { ...this, indicator: this.indicator.id, stableAfter: this.stableAfter };
  }
}

/** The indicators of an expression, each after those that it reads. */
export class Explanations extends Shown {
  /** One for each call. */
  readonly indicators: readonly Explanation[];

  /** @internal */
  constructor(indicators: readonly Explanation[]) {
    super();
    this.indicators = indicators;
  }

  /** One explanation after the other. */
  [Symbol.iterator](): Iterator<Explanation> {
    return this.indicators[Symbol.iterator]();
  }

  /** The pages as plain text. */
  override toString(): string {
    return this.indicators.join(`\n\n${"─".repeat(88)}\n\n`);
  }

  /** The pages as Markdown. */
  toMarkdown(): string {
    return this.indicators.map((one) => one.toMarkdown()).join("\n");
  }

  /** The pages as HTML. */
  toHTML(): string {
    return this.indicators.map((one) => one.toHTML()).join("");
  }

  /** The facts. */
  toJSON(): object {
    return this.indicators.map((one) => one.toJSON());
  }
}
