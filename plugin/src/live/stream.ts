/** Streams: the features of a pipeline, bar by bar, for any number of keys. */

import type { DataFrame } from "nodejs-polars";
import { addon } from "../core/addon.js";
import { describe, isOptions } from "../core/arguments.js";
import { asTaError, TaError } from "../core/errors.js";
import { sentence, setting } from "../core/sentence.js";
import type { Live } from "../core/streams.js";
import type { PipelineConfig } from "../pipeline/config.js";
import type { PipelineFeature } from "../pipeline/features.js";
import { fieldColumns, isArray, timeColumn } from "./columns.js";
import { type Bar, type FieldKind, Fields } from "./fields.js";
import { toFrame } from "./frame.js";
import { barsOf, type History } from "./history.js";
import { type Key, Keys, type KeyValue } from "./keys.js";
import { type Chosen, type ReplaceOptions, replaceOptions } from "./options.js";
import { Order } from "./order.js";
import { programOf } from "./program.js";
import { type Feature, type LiveColumns, type LiveRow, Rows } from "./rows.js";
import { type KeptTimes, Times } from "./times.js";

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

/** What a stream is made of. */
export interface Source {
  /** The configuration of the pipeline. */
  readonly config: PipelineConfig;
  /** The same without defaults, for snapshots. */
  readonly written: PipelineConfig;
  readonly features: readonly PipelineFeature[];
  readonly over: readonly string[];
}

/** What a snapshot keeps besides the states. */
export interface Kept {
  readonly pipeline: PipelineConfig;
  readonly unknownKeys: Chosen["unknownKeys"];
  readonly times: KeptTimes;
  /** The names that bars have for the fields. */
  readonly names: readonly string[];
}

/** What bars have told about themselves: the names of their fields, and their times. */
type Known = Pick<Kept, "times" | "names">;

/** Where a bar belongs in its series. */
export interface Place {
  /** The number of the series; undefined if the bar is the first of its key. */
  readonly series: number | undefined;
  /** The time of the bar; NaN if bars have none. */
  readonly time: number;
  /** The time of the newest bar of the series; NaN if it has none. */
  readonly newest: number;
  /** How many bars before the newest the bar with the same time is, if it can be replaced. */
  readonly back: number | undefined;
}

/** The parts of a stream that its copies share. */
interface Plan {
  readonly source: Source;
  readonly options: Chosen;
  readonly program: string;
  readonly rows: Rows;
  readonly fields: Fields;
}

/** How the addon takes a bar. */
const UPDATE = 0;
const PEEK = 1;
const REPLACE = 2;

/** The plan of a stream. */
export function planOf(source: Source, options: Chosen): Plan {
  const { json, fields, plain } = programOf(source.features);
  const described = JSON.parse(asTaError(() => addon.liveProgram(json))) as {
    fields: { kind: FieldKind }[];
    features: Feature[];
  };
  const kinds = described.fields.map(({ kind }) => kind);
  return {
    source,
    options,
    program: json,
    fields: new Fields(fields, kinds),
    rows: new Rows(
      described.features.map((feature, index) => ({ ...feature, field: plain[index] })),
      fields.length,
    ),
  };
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
  readonly #plan: Plan;
  readonly #live: Live;
  readonly #number: number;
  readonly #numbers: Float64Array;
  readonly #tags: Uint8Array;
  readonly #keys: Keys;
  readonly #times: Times;
  readonly #fields: Fields;
  readonly #order: Order;

  /** @internal */
  constructor(plan: Plan, make: (numbers: Float64Array, tags: Uint8Array) => Live) {
    const { fields, rows, source } = plan;
    this.#plan = plan;
    this.#numbers = new Float64Array(fields.kinds.length + rows.width);
    this.#tags = new Uint8Array(this.#numbers.length);
    this.#live = asTaError(() => make(this.#numbers, this.#tags));
    this.#number = this.#live.number;
    this.#keys = new Keys(source.over);
    this.#times = new Times(source.config.time);
    this.#fields = new Fields(fields.fields, fields.kinds);
    this.#order = new Order(this.#keys, this.#times, plan.options.amend);
  }

  /** The names of the features. */
  get columns(): string[] {
    return this.#plan.rows.features.map(({ name }) => name);
  }

  /** The columns of the keys. */
  get over(): string[] {
    return [...this.#keys.over];
  }

  /** The keys, in the order in which they came; a list of values if `over` has several columns. */
  get keys(): Key[] {
    return this.#keys.over.length > 0 ? this.#keys.all : [];
  }

  /**
   * Takes bars of the past, in the order of their times within each key: a DataFrame, a LazyFrame
   * (which is collected), an Arrow table, or a list of bars. The same bars one by one give the same
   * state.
   *
   * @returns The row of the newest bar of each key that has got one, with the key.
   * @throws TaError as {@link LiveStream.update} does; the stream is then what it was.
   */
  warm(history: History): LiveRow[] {
    const reader = {
      fields: this.#fields,
      keys: this.#keys,
      times: this.#times,
      config: this.#plan.source.config,
    };
    const known = this.#known();
    const added: number[] = [];
    try {
      const { rows, fields, keys, distinct, times } = barsOf(history, reader);
      if (rows === 0) return [];
      const numbers = distinct.map((values) => {
        const before = this.#keys.number(values);
        if (before !== undefined) return before;
        const number = this.#add(values);
        added.push(number);
        return number;
      });
      const series = keys.map((key) => numbers[key] as number);
      const newest = this.#order.checkAll(series, times, true);
      const lanes = asTaError(() => this.#live.warm(series, fields, times));
      this.#order.newest = newest;
      return [...lanes].map((number, lane) => {
        this.#live.lane(lane);
        return { ...this.#keys.fields(number), ...this.#read() };
      });
    } catch (error) {
      this.#undo(known, added);
      throw error;
    }
  }

  /**
   * Takes the next bar and gives the values of the features at it. A feature without a value is
   * null, as during its warm-up.
   *
   * @param bar The columns that the features, `over` and the time need, by name; null is a missing
   *   value.
   * @throws TaError if a field is missing or of a wrong type, or if the bar is not later than the
   *   one before; the stream is then what it was.
   */
  update(bar: Bar): LiveRow {
    return this.#run(bar, UPDATE);
  }

  /** The values that {@link LiveStream.update} would give for a bar. The stream stays what it is. */
  peek(bar: Bar): LiveRow {
    return this.#run(bar, PEEK);
  }

  /**
   * Takes a bar in the place of the newest one of its key: the next state of a bar that is forming,
   * or a correction. With `amend` it may be one of the bars before, which its time or `back` says;
   * the bars after it are computed again.
   *
   * @returns The values at the newest bar.
   * @throws TaError as {@link LiveStream.update} does, or if there is no such bar to replace, or if
   *   its time is not between those of the bars beside it that the stream keeps.
   */
  replace(bar: Bar, options?: ReplaceOptions): LiveRow {
    const { back: asked } = replaceOptions(options);
    const values = this.#valuesOf(bar);
    const number = this.#keys.number(values);
    if (number === undefined) {
      throw new TaError(`stream: there is no bar${this.#keys.after(values)} to replace yet`);
    }
    const before = this.#known();
    try {
      const time = this.#times.of(bar);
      const back = asked ?? this.#order.back(number, time, () => this.#live.times(number));
      if (asked !== undefined) {
        this.#order.checkBetween(number, time, asked, this.#live.times(number));
      }
      this.#fill(bar);
      asTaError(() => {
        if (back === 0) this.#bar(number, REPLACE, time);
        else this.#live.amend(number, back, time);
      });
      if (back === 0) this.#order.newest[number] = time;
      return this.#read();
    } catch (error) {
      this.#undo(before, []);
      throw error;
    }
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
   * @throws TaError as {@link LiveStream.update} does; the stream is then what it was.
   */
  updateMany(
    keys: ArrayLike<Key>,
    columns: Readonly<Record<string, unknown>>,
    out?: LiveColumns,
  ): LiveColumns {
    return this.#many(keys, columns, out, false);
  }

  /** The values that {@link LiveStream.updateMany} would give. The stream stays what it is. */
  peekMany(
    keys: ArrayLike<Key>,
    columns: Readonly<Record<string, unknown>>,
    out?: LiveColumns,
  ): LiveColumns {
    return this.#many(keys, columns, out, true);
  }

  /** The values at the newest bar of a key; without `over` there is one series, without a key. */
  last(key?: Key): LiveRow | undefined {
    const values = this.#keys.over.length === 0 ? [] : this.#keys.values(key);
    const number = this.#keys.number(values);
    if (number === undefined) return undefined;
    asTaError(() => this.#live.current(Uint32Array.of(number)));
    this.#live.lane(0);
    return this.#read();
  }

  /** Forgets a key with all its bars. Returns whether the stream knew it. */
  drop(key: Key): boolean {
    const number = this.#keys.number(this.#keys.values(key));
    if (number === undefined) return false;
    this.#drop(number);
    return true;
  }

  /** An independent copy: what one does, the other does not see. */
  clone(): LiveStream {
    const copy = new LiveStream(this.#plan, (numbers, tags) => this.#live.fork(numbers, tags));
    copy.#takeOver(this.#times.kept, this.#fields.names);
    return copy;
  }

  /**
   * The whole stream as bytes, which `ta.restore` reads in another process or on another day. It
   * goes on with the same values.
   */
  snapshot(): Uint8Array {
    const { source, options } = this.#plan;
    const { unknownKeys } = options;
    const config = JSON.stringify({
      pipeline: source.written,
      unknownKeys,
      times: this.#times.kept,
      names: this.#fields.names,
    });
    return asTaError(() => this.#live.save(config));
  }

  /** How much the stream keeps. */
  info(): LiveInfo {
    const [keys = 0, bars = 0, bytes = 0] = this.#live.info();
    const bytesPerKey = keys === 0 ? 0 : Math.round(bytes / keys);
    return { keys, bars, bytes, bytesPerKey, amend: this.#plan.options.amend };
  }

  /** A DataFrame with a row for each key: the key, and the features at its newest bar. */
  toFrame(): DataFrame {
    const numbers = this.#keys.numbers.filter((number) => this.#live.times(number).length > 0);
    asTaError(() => this.#live.current(Uint32Array.from(numbers)));
    const rows = numbers.map((number, lane) => {
      this.#live.lane(lane);
      return { key: this.#keys.fields(number), values: this.#read() };
    });
    return toFrame(rows, this.#keys.over, this.#plan.rows.features);
  }

  /** @internal The numbers of the series. */
  get series(): readonly number[] {
    return this.#keys.numbers;
  }

  /** @internal The field of the times, if it is known and there is one. */
  get timeField(): string | undefined {
    return this.#times.name;
  }

  /** @internal Where a bar belongs. Throws if its key or its time cannot be read. */
  place(bar: Bar): Place {
    const series = this.#keys.number(this.#valuesOf(bar));
    const before = this.#known();
    const time = this.#times.of(bar);
    // The stream finds the field itself when it takes the bar.
    this.#undo(before, []);
    const newest = series === undefined ? Number.NaN : (this.#order.newest[series] as number);
    if (series === undefined || !(time <= newest)) return { series, time, newest, back: undefined };
    const times = this.#live.times(series);
    const found = times.lastIndexOf(time);
    return { series, time, newest, back: found < 0 ? undefined : times.length - 1 - found };
  }

  /** @internal Takes over what a snapshot has besides the states. */
  restored({ times, names }: Kept): this {
    this.#takeOver(times, names);
    return this;
  }

  #takeOver(times: KeptTimes, names: readonly string[]): void {
    this.#times.restore(times);
    this.#fields.restore(names);
    for (const [number, key] of JSON.parse(this.#live.keys()) as [number, string][]) {
      this.#keys.add(JSON.parse(key) as KeyValue[], number);
      this.#order.newest[number] = this.#live.times(number).at(-1) ?? Number.NaN;
    }
  }

  #run(bar: Bar, how: typeof UPDATE | typeof PEEK): LiveRow {
    if (typeof bar !== "object" || bar === null) {
      throw new TaError(`stream: a bar is an object of fields by name, got ${describe(bar)}`);
    }
    const known = this.#keys.found(bar);
    const values = known === undefined ? this.#valuesOf(bar) : undefined;
    let number = values ? this.#keys.number(values) : known;
    const isNew = number === undefined;
    const before = this.#known();
    let time: number;
    try {
      time = this.#times.of(bar);
      if (number !== undefined) this.#order.checkLater(number, time);
      this.#fill(bar);
      number ??= this.#addUnknown(values as KeyValue[]);
      this.#bar(number, how, time);
    } catch (error) {
      this.#undo(before, isNew && number !== undefined ? [number] : []);
      throw error;
    }
    if (how === UPDATE) this.#order.newest[number] = time;
    const row = this.#read();
    if (how === PEEK) this.#undo(before, isNew ? [number] : []);
    return row;
  }

  #bar(number: number, how: number, time: number): void {
    asTaError(() => addon.liveBar(this.#number, number, how, time));
  }

  #fill(bar: Bar): void {
    const texts = this.#fields.read(bar, this.#numbers, this.#tags);
    if (texts !== undefined || this.#fields.hasTexts) this.#live.setTexts(texts ?? []);
  }

  #read(): LiveRow {
    return this.#plan.rows.read(this.#live, this.#numbers, this.#tags);
  }

  #valuesOf(bar: Bar): KeyValue[] {
    if (typeof bar !== "object" || bar === null) {
      throw new TaError(`stream: a bar is an object of fields by name, got ${describe(bar)}`);
    }
    return this.#keys.of(bar);
  }

  #add(values: readonly KeyValue[]): number {
    const number = this.#live.add(JSON.stringify(values));
    this.#keys.add(values, number);
    this.#order.newest[number] = Number.NaN;
    return number;
  }

  #addUnknown(values: readonly KeyValue[]): number {
    const { unknownKeys } = this.#plan.options;
    if (unknownKeys === "create" || this.#keys.over.length === 0) return this.#add(values);
    throw new TaError(
      sentence`stream: the key ${this.#keys.shown(values)} is unknown; warm up with bars of it, or open the stream with ${setting("unknownKeys", "create")}`,
    );
  }

  /** What bars have told about themselves. */
  #known(): Known {
    return { names: this.#fields.names, times: this.#times.kept };
  }

  /** Forgets keys that a peeked or refused bar has added, and what it has told about bars. */
  #undo({ names, times }: Known, added: readonly number[]): void {
    for (const number of added) this.#drop(number);
    this.#fields.restore(names);
    this.#times.restore(times);
  }

  #drop(number: number): void {
    this.#live.dropKey(number);
    this.#keys.delete(number);
  }

  #many(
    keys: ArrayLike<Key>,
    columns: Readonly<Record<string, unknown>>,
    out: LiveColumns | undefined,
    peek: boolean,
  ): LiveColumns {
    if (!isArray(keys)) {
      throw new TaError(`stream: updateMany takes an array of keys, got ${describe(keys)}`);
    }
    if (!isOptions(columns)) {
      throw new TaError(
        `stream: updateMany takes an object of arrays by name, got ${describe(columns)}`,
      );
    }
    const count = keys.length;
    const before = this.#known();
    const added: number[] = [];
    let results: ReturnType<Rows["arrays"]>;
    try {
      const fields = fieldColumns(columns, count, this.#fields);
      const times = timeColumn(columns, count, this.#times);
      const isText = (field: number) => fields[field]?.texts !== undefined;
      results = this.#plan.rows.arrays(count, out, isText);
      const series = Uint32Array.from({ length: count }, (_, lane) => {
        const key = keys[lane];
        const known = this.#keys.over.length === 1 ? this.#keys.single(key) : undefined;
        if (known !== undefined) return known;
        const values = this.#keys.values(key);
        const number = this.#keys.number(values);
        if (number !== undefined) return number;
        const made = this.#addUnknown(values);
        added.push(made);
        return made;
      });
      const newest = this.#order.checkAll(series, times, false);
      asTaError(() => this.#live.updateMany(series, fields, times, peek, results.all));
      if (!peek) this.#order.newest = newest;
    } catch (error) {
      this.#undo(before, added);
      throw error;
    }
    if (peek) this.#undo(before, added);
    return results.columns;
  }
}
