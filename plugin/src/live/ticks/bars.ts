/** `ta.bars`: bars from ticks. */

import { addon } from "../../core/addon.js";
import { describe } from "../../core/arguments.js";
import { TaError } from "../../core/errors.js";
import type { Bars } from "../../core/streams.js";
import { type Fields, findFields } from "./fields.js";
import { Keys, type TickKey } from "./keys.js";
import { Made, type Taken } from "./made.js";
import { lateTick, within } from "./messages.js";
import { type Asked, checkAsked } from "./options.js";
import { type Get, type Rules, readKeys, readTick, rowsOf, TICK, tickOf } from "./read.js";
import {
  barOf,
  CLOSED,
  SCRATCH,
  type TickBar,
  type TickColumns,
  type TicksUpdate,
  type TickUpdate,
} from "./shape.js";
import { type Form, readTime, type TickTime } from "./times.js";
import { zoneTable } from "./zone.js";

/** What a snapshot has besides the state. */
interface Header extends Pick<Asked, "every" | "options"> {
  readonly fields: Fields | null;
  readonly form: Form;
  readonly dropped: number;
  readonly keys: readonly (readonly TickKey[])[];
}

/**
 * The forming bars of any number of keys; made by `ta.bars`.
 *
 * The time of a bar has the form of the newest tick's: a Date, milliseconds, a bigint of
 * nanoseconds, or text. An error leaves all bars as they were.
 *
 * @example
 * ```ts
 * import { ta } from "nodejs-polars-ta";
 *
 * const bars = ta.bars("1m", { over: "symbol", late: "drop" });
 * for (const symbol of ["A", "B"]) {
 *   bars.update({ symbol, time: "2024-03-01T09:30:10Z", price: 10 });
 * }
 * console.log(bars.keys, bars.forming("A")?.close); // A and B, 10
 * bars.drop("B");
 * console.log(bars.close("2024-03-01T09:31:00Z").length); // 1: the bar of A
 * bars.update({ symbol: "A", time: "2024-03-01T09:30:20Z", price: 11 });
 * console.log(bars.dropped, bars.flush().length); // 1 late tick, 0 forming bars
 * ```
 */
export class TickBars {
  readonly #asked: Asked;
  readonly #rules: Rules;
  readonly #scratch = new Float64Array(SCRATCH);
  readonly #native: Bars;
  #made: Made;
  #dropped = 0;

  /** @internal */
  constructor(every: unknown, given: unknown) {
    const asked = checkAsked(every, given);
    const { closed, label, startBy, offset, timeZone, empty } = asked.options;
    const rule = typeof asked.every === "string" ? { every: asked.every } : asked.every;
    const settings = { ...rule, closed, label, startBy, offset, fill: empty === "fill" };
    const zone = timeZone === undefined ? undefined : zoneTable(timeZone);
    const json = JSON.stringify(settings);
    this.#native = within(() => new addon.Bars(json, zone, this.#scratch));
    this.#asked = asked;
    this.#rules = { zoned: zone !== undefined, byVolume: "volume" in rule };
    this.#made = new Made(this.#native, this.#scratch, new Keys(this.#native));
  }

  /**
   * Takes a tick.
   *
   * @param tick An object with the time, the price or the prices, and the keys.
   * @returns The bars that it closed, and the bar that it is in.
   * @throws TaError if a field is missing or has no value that can be read, or if the bar of the
   * tick is already closed and `late` is not `"drop"`.
   * @example
   * ```ts
   * import { ta } from "nodejs-polars-ta";
   *
   * const bars = ta.bars("1m");
   * bars.update({ time: "2024-03-01T09:30:10Z", price: 10, volume: 5 });
   * const { closed, forming } = bars.update({ time: "2024-03-01T09:31:00Z", price: 11, volume: 2 });
   * console.log(closed[0]?.close, forming?.close); // 10, 11
   * ```
   */
  update(tick: object): TickUpdate {
    return within(() => {
      const values = tickOf(tick);
      const get: Get = (field) => values[field];
      const fields = this.#made.fields ?? findFields(values, this.#asked);
      const form = readTick(get, fields, this.#rules, this.#scratch, 0);
      const parts = readKeys(get, fields);
      const known = this.#made.keys.find(parts);
      const key = known ?? this.#made.keys.add(parts);
      const count = this.#native.update(key);
      if (count < 0) {
        if (known === undefined) this.#made.keys.remove(key);
        if (this.#asked.options.late !== "drop") throw this.#late(values[fields.time], parts);
        this.#dropped += 1;
        return { closed: [], forming: known === undefined ? null : this.#made.formingOf(known) };
      }
      this.#made.learn(fields, form);
      const forming = this.#made.written(parts);
      if (count === 0) return { closed: [], forming };
      if (count > 1) return { closed: this.#made.closed(), forming };
      return { closed: [barOf(this.#scratch, CLOSED, { fields, form }, parts)], forming };
    });
  }

  /**
   * Takes many ticks at once, as columns: much faster than one after the other. An error leaves all
   * bars as they were before the first of them.
   *
   * @param columns An array for each field, all of the same length.
   * @returns The bars that they closed, and the forming bars of their keys.
   * @throws TaError as {@link TickBars.update}, with the row of the tick.
   * @example
   * ```ts
   * import { ta } from "nodejs-polars-ta";
   *
   * const bars = ta.bars({ ticks: 2 });
   * const time = ["2024-03-01T09:30:10Z", "2024-03-01T09:30:11Z", "2024-03-01T09:30:12Z"];
   * const { closed, forming } = bars.updateMany({ time, price: Float64Array.of(10, 12, 11) });
   * console.log(closed.length, closed[0]?.high, forming[0]?.open); // 1, 12, 11
   * ```
   */
  updateMany(columns: TickColumns): TicksUpdate {
    return within(() => {
      const rows = rowsOf(columns);
      if (rows === 0) return { closed: [], forming: [] };
      const first = Object.entries(columns).map(([name, values]) => [name, values[0]]);
      const fields = this.#made.fields ?? findFields(Object.fromEntries(first), this.#asked);
      const keys = new Uint32Array(rows);
      const ticks = new Float64Array(rows * TICK);
      const added: number[] = [];
      const dropped = this.#dropped;
      let { form } = this.#made;
      let row = 0;
      const get: Get = (field) => columns[field]?.[row];
      try {
        for (; row < rows; row += 1) {
          form = readTick(get, fields, this.#rules, ticks, row * TICK);
          const parts = readKeys(get, fields);
          const known = this.#made.keys.find(parts);
          const key = known ?? this.#made.keys.add(parts);
          if (known === undefined) added.push(key);
          keys[row] = key;
        }
        const late = this.#native.updateMany(keys, ticks, this.#asked.options.late === "drop");
        if (late < 0) {
          row = -1 - late;
          throw this.#late(get(fields.time), readKeys(get, fields));
        }
        this.#dropped += late;
      } catch (error) {
        for (const key of added) this.#made.keys.remove(key);
        throw error instanceof TaError ? error.within(`row ${row}`) : error;
      }
      this.#made.learn(fields, form);
      const closed = this.#made.taken();
      const forming = [...new Set(keys)].flatMap((key) => this.#made.formingOf(key) ?? []);
      if (this.#dropped > dropped) this.#removeUnused(added, closed);
      return { closed: closed.map(([, bar]) => bar), forming };
    });
  }

  /**
   * Says that no tick from before a time comes any more, and closes the bars that have ended by
   * then: a symbol without trades closes its bars by the clock. Only for bars of time.
   *
   * @param time A time, in any form that a tick's time may have.
   * @returns The closed bars, by key; within a key the oldest first.
   * @throws TaError if it is no time, or bars close by ticks or volume.
   */
  close(time: TickTime): readonly TickBar[] {
    return within(() => {
      if (typeof this.#asked.every !== "string") {
        throw new TaError("close is for bars of time; use flush to end all forming bars");
      }
      const at = new Float64Array(2);
      const form = readTime("time", time, this.#rules.zoned, at, 0);
      const [ms = 0, ns = 0] = at;
      this.#native.close(ms, ns);
      if (this.#made.fields) this.#made.learn(this.#made.fields, form);
      return this.#made.closedByKey();
    });
  }

  /**
   * Ends all forming bars, as at the end of a day or of a recording. Later ticks of their intervals
   * are late.
   *
   * @returns The closed bars, by key.
   */
  flush(): readonly TickBar[] {
    this.#native.flush();
    return this.#made.closedByKey();
  }

  /**
   * The forming bar of a key, or null if there is none.
   *
   * @param key The value of the `over` field, or a list of the values of all of them; nothing
   * without `over`.
   */
  forming(key?: TickKey | readonly TickKey[]): TickBar | null {
    const number = this.#made.keys.find(partsOf(key));
    return number === undefined ? null : this.#made.formingOf(number);
  }

  /** The keys, in the order of their first ticks: values of the `over` field, or lists of them. */
  get keys(): readonly (TickKey | readonly TickKey[])[] {
    const several = this.#asked.over.length !== 1;
    return this.#made.keys.all().map((parts) => (several ? parts : (parts[0] ?? null)));
  }

  /** How many late ticks were left out. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Forgets a key and its forming bar.
   *
   * @param key As in {@link TickBars.forming}.
   * @returns Whether there was such a key.
   */
  drop(key?: TickKey | readonly TickKey[]): boolean {
    const number = this.#made.keys.find(partsOf(key));
    if (number !== undefined) this.#made.keys.remove(number);
    return number !== undefined;
  }

  /**
   * Everything that a later process needs to go on, with a checksum: `ta.bars.restore` takes it.
   *
   * @example
   * ```ts
   * import { ta } from "nodejs-polars-ta";
   *
   * const bars = ta.bars("1m");
   * bars.update({ time: "2024-03-01T09:30:10Z", price: 10 });
   * const later = ta.bars.restore(bars.snapshot());
   * console.log(later.forming()?.close); // 10
   * ```
   */
  snapshot(): Uint8Array {
    const { every, options } = this.#asked;
    const { fields = null, form } = this.#made;
    const { keys } = this.#made;
    const dropped = this.#dropped;
    const header: Header = { every, options, fields, form, dropped, keys: keys.all() };
    return this.#native.snapshot(JSON.stringify(header), keys.numbers());
  }

  /** @internal */
  static restore(bytes: unknown): TickBars {
    const given = bytes instanceof Uint8Array ? bytes : undefined;
    if (!given) {
      throw new TaError(`bars: a snapshot must be a Uint8Array, got ${describe(bytes)}`);
    }
    const text = within(() => addon.Bars.header(given));
    const { every, options, fields, form, dropped, keys } = JSON.parse(text) as Header;
    const bars = new TickBars(every, options);
    within(() => bars.#native.restore(given, keys.length));
    bars.#made = new Made(bars.#native, bars.#scratch, new Keys(bars.#native, keys));
    bars.#made.learn(fields ?? undefined, form);
    bars.#dropped = dropped;
    return bars;
  }

  #late(time: unknown, parts: readonly TickKey[]): TaError {
    return lateTick(time, parts, typeof this.#asked.every === "string");
  }

  /** Removes keys of which all ticks were late. */
  #removeUnused(added: readonly number[], closed: readonly Taken[]): void {
    const used = new Set(closed.map(([key]) => key));
    for (const key of added) {
      if (!used.has(key) && !this.#made.formingOf(key)) this.#made.keys.remove(key);
    }
  }
}

/** The values of a key's fields. */
const partsOf = (key: TickKey | readonly TickKey[] | undefined): readonly TickKey[] =>
  key === undefined ? [] : ([key].flat() as TickKey[]);
