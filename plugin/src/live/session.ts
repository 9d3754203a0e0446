/** An open stream: the addon's part of it, and what its bars have told so far. */

import { asTaError, TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import type { Live } from "../core/streams.js";
import type { PipelineConfig } from "../pipeline/config.js";
import { asBar, type Bar, Fields } from "./fields.js";
import { type Key, Keys, type KeyValue } from "./keys.js";
import type { Chosen } from "./options.js";
import { Order } from "./order.js";
import type { Plan } from "./plan.js";
import type { LiveRow } from "./rows.js";
import { type KeptTimes, Times } from "./times.js";

/** What a snapshot keeps besides the states. */
export interface Kept {
  readonly pipeline: PipelineConfig;
  readonly unknownKeys: Chosen["unknownKeys"];
  readonly times: KeptTimes;
  /** The names that bars have for the fields. */
  readonly names: readonly string[];
}

/** What bars have told about themselves: the names of their fields, and their times. */
export type Known = Pick<Kept, "times" | "names">;

export class Session {
  readonly live: Live;
  /** Its number in the addon. */
  readonly number: number;
  /** A bar and its results, shared with the addon. */
  readonly numbers: Float64Array;
  readonly tags: Uint8Array;
  readonly keys: Keys;
  readonly times: Times;
  readonly fields: Fields;
  readonly order: Order;

  constructor(
    readonly plan: Plan,
    make: (numbers: Float64Array, tags: Uint8Array) => Live,
  ) {
    const { fields, rows, source } = plan;
    this.numbers = new Float64Array(fields.kinds.length + rows.width);
    this.tags = new Uint8Array(this.numbers.length);
    this.live = asTaError(() => make(this.numbers, this.tags));
    this.number = this.live.number;
    this.keys = new Keys(source.over);
    this.times = new Times(source.config.time);
    this.fields = new Fields(fields.fields, fields.kinds);
    this.order = new Order(this.keys, this.times, plan.options.amend);
  }

  /** Takes over what a snapshot, or another stream, has besides the states. */
  takeOver({ times, names }: Known): void {
    this.times.restore(times);
    this.fields.restore(names);
    for (const [number, key] of JSON.parse(this.live.keys()) as [number, string][]) {
      this.keys.add(JSON.parse(key) as KeyValue[], number);
      this.order.newest[number] = this.live.times(number).at(-1) ?? Number.NaN;
    }
  }

  /** What bars have told about themselves. */
  known(): Known {
    return { names: this.fields.names, times: this.times.kept };
  }

  /** Forgets keys that a peeked or refused bar has added, and what it has told about bars. */
  undo({ names, times }: Known, added: readonly number[]): void {
    // The last one first, so that the next keys get the same numbers in the same order.
    for (const number of added.toReversed()) this.drop(number);
    this.fields.restore(names);
    this.times.restore(times);
  }

  /** The values of a bar's key. */
  valuesOf(bar: Bar): KeyValue[] {
    return this.keys.of(asBar(bar));
  }

  /** The number of a key; without `over` that of the only series. */
  numberOf(key: Key | undefined): number | undefined {
    return this.keys.number(this.keys.over.length === 0 ? [] : this.keys.values(key));
  }

  add(values: readonly KeyValue[]): number {
    const number = this.live.add(JSON.stringify(values));
    this.keys.add(values, number);
    this.order.newest[number] = Number.NaN;
    return number;
  }

  /** Adds the key of a bar, unless the options forbid it. */
  addUnknown(values: readonly KeyValue[]): number {
    const { unknownKeys } = this.plan.options;
    if (unknownKeys === "create" || this.keys.over.length === 0) return this.add(values);
    throw new TaError(
      sentence`stream: the key ${this.keys.shown(values)} is unknown; warm up with bars of it, or open the stream with ${setting("unknownKeys", "create")}`,
    );
  }

  drop(number: number): void {
    this.live.dropKey(number);
    this.keys.delete(number);
  }

  /** Writes a bar into the shared arrays. */
  fill(bar: Bar): void {
    const texts = this.fields.read(bar, this.numbers, this.tags);
    if (texts !== undefined || this.fields.hasTexts) this.live.setTexts(texts ?? []);
  }

  /** The row in the shared arrays. */
  read(): LiveRow {
    return this.plan.rows.read(this.live, this.numbers, this.tags);
  }
}
