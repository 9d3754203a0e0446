/** Configurations that the addon has checked: their features, and what it says about them. */

import { describe, isOptions } from "../core/arguments.js";
import { askText } from "../language/ask.js";
import { inputsIn, type Meaning, meaningIn, type Written } from "../language/meaning.js";
import type { Keep, PipelineConfig } from "./config.js";

/** One column of a pipeline's result. */
export interface PipelineFeature {
  readonly name: string;
  readonly meaning: Meaning;
  /** The expression with all inputs and parameters. */
  readonly text: string;
}

/** One label of a pipeline. */
export interface PipelineLabel {
  /** Its columns; an indicator with several outputs has several. */
  readonly columns: readonly PipelineFeature[];
  /** The name of the column that says when it is known. */
  readonly knownOn: string;
  /** How many rows later it is known. */
  readonly knownAfter: Meaning;
}

/** How features find their columns in a frame. */
export interface ColumnsIn {
  /** The columns that features read. */
  readonly reads: readonly string[];
  /** The columns of the frame to keep. */
  readonly kept: readonly string[];
}

/** Rows that features need besides their own; `stableAfter` is null if they need all. */
interface Reached {
  readonly lookback: number;
  readonly stableAfter: number | null;
  readonly lookahead: number;
}

/** A feature as the addon writes it. */
interface WrittenFeature {
  readonly name: string;
  readonly meaning: Written;
  readonly text: string;
}

/** A configuration, and questions about it. */
export class Checked {
  readonly config: PipelineConfig;
  readonly features: readonly PipelineFeature[];
  readonly labels: readonly PipelineLabel[];
  readonly over: readonly string[];
  /** The columns that features read, under their usual names. */
  readonly reads: readonly string[];
  readonly #json: string;

  constructor(given: unknown) {
    this.config = visible(given) as PipelineConfig;
    this.#json = JSON.stringify(this.config);
    const { features, labels, inputs, over, reads } = this.#ask<{
      features: WrittenFeature[];
      labels: { columns: WrittenFeature[]; knownOn: string; knownAfter: Written }[];
      inputs: Record<string, Written>;
      over: string[];
      reads: string[];
    }>("pipeline");
    const words = inputsIn(inputs);
    const feature = (each: WrittenFeature) => ({
      ...each,
      meaning: meaningIn(each.meaning, words),
    });
    this.features = features.map(feature);
    this.labels = labels.map(({ columns, knownOn, knownAfter }) => ({
      columns: columns.map(feature),
      knownOn,
      knownAfter: meaningIn(knownAfter, words),
    }));
    this.over = over;
    this.reads = reads;
  }

  /** The same configuration without defaults. */
  written(): PipelineConfig {
    return this.#ask("written");
  }

  /** Every feature with its inputs, parameters and reach. */
  explain(): string {
    return this.#ask("explain");
  }

  reach(): Reached {
    return this.#ask("reach");
  }

  /**
   * The columns of a frame that features read, with `labels` also those that labels read, and those
   * to keep.
   *
   * @throws TaError if the frame lacks a column; the message suggests the nearest name.
   */
  inFrame(columns: readonly string[], keep: Keep, labels: boolean): ColumnsIn {
    return this.#ask("columns", { columns, keep, labels });
  }

  /** The columns that features read, in the frame's spelling if it has them. */
  readsOf(columns: readonly string[]): string[] {
    return this.#ask("reads", { columns });
  }

  #ask<T>(what: string, more: object = {}): T {
    const rest = JSON.stringify(more).slice(1, -1);
    const comma = rest === "" ? "" : ",";
    return askText(`{"ask":"${what}","config":${this.#json}${comma}${rest}}`);
  }
}

/** The key under which the addon finds the description of a value that JSON does not have. */
const SHOWN = "\u0000shown";

/** No part of a configuration is nested deeper. */
const DEEPEST = 6;

/** A configuration for the addon: options that are undefined are left out. */
function visible(value: unknown, depth = 0): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Number.isFinite(value)) return value;
  if (depth < DEEPEST) {
    if (Array.isArray(value)) return Array.from(value, (each) => visible(each, depth + 1));
    if (isOptions(value)) {
      const given = Object.entries(value).filter(([, each]) => each !== undefined);
      return Object.fromEntries(given.map(([name, each]) => [name, visible(each, depth + 1)]));
    }
  }
  return { [SHOWN]: describe(value) };
}
