/** Explanations of calls, and how they are shown. */

import { addon } from "../core/addon.js";
import type { CheckedCall } from "../core/arguments.js";
import type { IndicatorMeta } from "../core/catalog.js";
import type { Missing } from "../generated/options.js";
import { type Document, Page } from "../notebook/document.js";
import { Shown } from "../notebook/mime.js";
import { evidence } from "./evidence.js";
import { page } from "./page.js";

/** A checked call with its inputs and its missing policy. */
export interface Explained {
  readonly meta: IndicatorMeta;
  readonly call: CheckedCall;
  /** The column or expression of each input slot. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly missing: Missing;
}

/**
 * Explains an indicator with the parameters of a call. Notebooks show it as a page, `console.log`
 * and `toString` as text.
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
  /** Number of later rows that a value depends on; as many rows at the end have no value. */
  readonly lookahead: number;
  /** The references that the values are checked against. */
  readonly oracles: readonly string[];
  /**
   * The largest difference from the reference in any golden case, relative to the value, or
   * absolute for values near zero. 0 if all are equal; `undefined` if it was not measured.
   */
  readonly maximumError: number | undefined;
  /** Its names in other libraries. */
  readonly elsewhere: Readonly<Record<string, readonly string[]>>;
  /** Differences between libraries. This package follows TA-Lib. */
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
    // Rounded, because a power of ten times 1e-9 is not exactly a power of ten.
    this.maximumError =
      typeof error === "number" ? Number((error * tolerance).toPrecision(3)) : error && 0;
    this.elsewhere = elsewhere;
    this.notes = notes;
  }

  /**
   * Rows of history after which a value no longer depends on where its series began, to 1e-9 of its
   * size: for a window its lookback, for a recursion measured. `null` if all rows are needed.
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

  /** The facts as plain data. The indicator is its id; `ta.find` returns its entry. */
  toJSON(): object {
    return { ...this, indicator: this.indicator.id, stableAfter: this.stableAfter };
  }
}

/** The indicators of an expression, each after those that it reads. */
export class Explanations extends Shown {
  /** An explanation of each call. */
  readonly indicators: readonly Explanation[];

  /** @internal */
  constructor(indicators: readonly Explanation[]) {
    super();
    this.indicators = indicators;
  }

  /** Iterates over the explanations. */
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

  /** The facts as plain data. */
  toJSON(): object {
    return this.indicators.map((one) => one.toJSON());
  }
}
