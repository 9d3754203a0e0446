/** Streams: the features of a pipeline, bar by bar, for any number of keys. */

import type { DataFrame } from "nodejs-polars";
import { asTaError } from "../core/errors.js";
import type { Live } from "../core/streams.js";
import { PEEK, type Place, placeOf, replaceBar, runBar, UPDATE } from "./bar.js";
import type { Bar } from "./fields.js";
import { toFrame } from "./frame.js";
import type { History } from "./history.js";
import type { Key } from "./keys.js";
import { runMany, warmUp } from "./many.js";
import { type ReplaceOptions, replaceOptions } from "./options.js";
import type { Plan } from "./plan.js";
import type { LiveColumns, LiveRow } from "./rows.js";
import { type Kept, Session } from "./session.js";

/** How much a stream keeps. */
export interface LiveInfo {
  /** The number of keys; 1 without `over`, once there was a bar. */
  readonly keys: number;
  /** The number of bars of all keys so far. */
  readonly bars: number;
  /** The memory of the states of all keys, in bytes. */
  readonly bytes: number;
  /** The same for one key, on average. */
  readonly bytesPerKey: number;
  /** How many bars before the newest can be corrected. */
  readonly amend: number;
}

/** The newest bar of a key. */
export interface Newest {
  /**
   * Its time: milliseconds since 1970 in UTC if bars have Dates or texts, the number if they have
   * numbers, null if they have no times.
   */
  readonly time: number | null;
  /** The number of bars of the key so far. */
  readonly bars: number;
}

/**
 * The features of a pipeline at one bar after the other, made by `ta.stream` or by a pipeline's
 * `stream`. Its values are those that the pipeline gives for the whole series, to the last bit.
 *
 * The newest bar of each key can be replaced until the next one comes.
 *
 * @example
 * ```ts
 * import { ta } from "nodejs-polars-ta";
 *
 * const live = ta.stream({ over: "symbol", features: ["sma(2)", "close - open as body"] });
 * live.update({ symbol: "IBM", open: 9, close: 10 });
 * live.update({ symbol: "IBM", open: 10, close: 12 }); // { sma_2: 11, body: 2 }
 * live.replace({ symbol: "IBM", open: 10, close: 14 }); // { sma_2: 12, body: 4 }
 * ```
 */
export class LiveStream {
  readonly #session: Session;

  /** @internal */
  constructor(plan: Plan, make: (numbers: Float64Array, tags: Uint8Array) => Live) {
    this.#session = new Session(plan, make);
  }

  /** The names of the features. */
  get columns(): string[] {
    return this.#session.plan.rows.features.map(({ name }) => name);
  }

  /** The columns of the keys. */
  get over(): string[] {
    return [...this.#session.keys.over];
  }

  /** The keys, in the order in which they came; a list of values if `over` has several columns. */
  get keys(): Key[] {
    const { keys } = this.#session;
    return keys.over.length > 0 ? keys.all : [];
  }

  /**
   * Takes bars of the past, in the order of their times within each key: a DataFrame, a LazyFrame
   * (which is collected), an Arrow table, or a list of bars. The same bars one by one give the same
   * state.
   *
   * @returns The row of the newest bar of each key that has got one, with the key.
   * @throws TaError as {@link LiveStream.update} does; nothing has changed then.
   */
  warm(history: History): LiveRow[] {
    return warmUp(this.#session, history);
  }

  /**
   * Takes the next bar and gives the values of the features at it. A feature without a value is
   * null, as during its warm-up.
   *
   * @param bar The columns that the features, `over` and the time need, by name; null is a missing
   *   value.
   * @throws TaError if a field is missing or of a wrong type, or if the bar is not later than the
   *   one before; nothing has changed then.
   */
  update(bar: Bar): LiveRow {
    return runBar(this.#session, bar, UPDATE);
  }

  /** The values that {@link LiveStream.update} would give for a bar. The stream stays what it is. */
  peek(bar: Bar): LiveRow {
    return runBar(this.#session, bar, PEEK);
  }

  /**
   * Takes a bar in the place of the newest one of its key: the next state of a bar that is forming,
   * or a correction. With `amend` it may be one of the bars before, which its time or `back` says;
   * the bars after it are computed again.
   *
   * @returns The values at the newest bar.
   * @throws TaError as {@link LiveStream.update} does, or if there is no such bar to replace, or if
   *   its time is not between those of the bars beside it.
   */
  replace(bar: Bar, options?: ReplaceOptions): LiveRow {
    return replaceBar(this.#session, bar, replaceOptions(options).back);
  }

  /**
   * Takes the next bar of many keys at once: a cross-section.
   *
   * @param keys The key of each bar; none twice.
   * @param columns An array for each field, with a value for each bar, and one with the times, or
   *   one time for all. NaN in a typed array is a missing value.
   * @param out Arrays for the results; new ones are made for those that are left out.
   * @returns An array for each feature, or an object of arrays if it has several outputs. NaN is no
   *   value; conditions are 0 and 1.
   * @throws TaError as {@link LiveStream.update} does; nothing has changed then.
   */
  updateMany(
    keys: ArrayLike<Key>,
    columns: Readonly<Record<string, unknown>>,
    out?: LiveColumns,
  ): LiveColumns {
    return runMany(this.#session, keys, columns, out, false);
  }

  /** The values that {@link LiveStream.updateMany} would give. The stream stays what it is. */
  peekMany(
    keys: ArrayLike<Key>,
    columns: Readonly<Record<string, unknown>>,
    out?: LiveColumns,
  ): LiveColumns {
    return runMany(this.#session, keys, columns, out, true);
  }

  /** The values at the newest bar of a key; without `over` there is one series, without a key. */
  last(key?: Key): LiveRow | undefined {
    const { live } = this.#session;
    const number = this.#session.numberOf(key);
    if (number === undefined) return undefined;
    asTaError(() => live.current(Uint32Array.of(number)));
    live.lane(0);
    return this.#session.read();
  }

  /**
   * The time of the newest bar of a key, and the number of its bars: what to ask for after
   * `ta.restore`, to go on where the snapshot ends. Undefined if the key has no bar.
   */
  newest(key?: Key): Newest | undefined {
    const { live, order } = this.#session;
    const number = this.#session.numberOf(key);
    const bars = number === undefined ? 0 : live.bars(number);
    if (number === undefined || bars === 0) return undefined;
    const time = order.newest[number] as number;
    return { time: Number.isNaN(time) ? null : time, bars };
  }

  /** Forgets a key with all its bars. Returns whether the stream knew it. */
  drop(key: Key): boolean {
    const { keys } = this.#session;
    const number = keys.number(keys.values(key));
    if (number === undefined) return false;
    this.#session.drop(number);
    return true;
  }

  /** An independent copy: what one does, the other does not see. */
  clone(): LiveStream {
    const { plan, live } = this.#session;
    const copy = new LiveStream(plan, (numbers, tags) => live.fork(numbers, tags));
    copy.#session.takeOver(this.#session.known());
    return copy;
  }

  /**
   * The whole stream as bytes, which `ta.restore` reads in another process or on another day. It
   * goes on with the same values.
   */
  snapshot(): Uint8Array {
    const { plan, live } = this.#session;
    const { times, names } = this.#session.known();
    const { unknownKeys } = plan.options;
    const kept: Kept = { pipeline: plan.source.written, unknownKeys, times, names };
    return asTaError(() => live.save(JSON.stringify(kept)));
  }

  /** How much the stream keeps. */
  info(): LiveInfo {
    const { live, plan } = this.#session;
    const [keys = 0, bars = 0, bytes = 0] = live.info();
    const bytesPerKey = keys === 0 ? 0 : Math.round(bytes / keys);
    return { keys, bars, bytes, bytesPerKey, amend: plan.options.amend };
  }

  /** A DataFrame with a row for each key: the key, and the features at its newest bar. */
  toFrame(): DataFrame {
    const { keys, live, plan } = this.#session;
    const numbers = keys.numbers.filter((number) => live.bars(number) > 0);
    asTaError(() => live.current(Uint32Array.from(numbers)));
    const rows = numbers.map((number, lane) => {
      live.lane(lane);
      return { key: keys.fields(number), values: this.#session.read() };
    });
    const tags = asTaError(() => live.tags());
    return toFrame(rows, keys.over, plan.rows.features, tags);
  }

  /** @internal The numbers of the series. */
  get series(): readonly number[] {
    return this.#session.keys.numbers;
  }

  /** @internal The field of the times, if it is known and there is one. */
  get timeField(): string | undefined {
    return this.#session.times.name;
  }

  /** @internal Where a bar belongs. Throws if its key or its time cannot be read. */
  place(bar: Bar): Place {
    return placeOf(this.#session, bar);
  }

  /** @internal Takes over what a snapshot has besides the states. */
  restored(kept: Kept): this {
    this.#session.takeOver(kept);
    return this;
  }
}
