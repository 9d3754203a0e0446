/** The bars that the addon has made, with their keys. */

import type { Bars } from "../../core/streams.js";
import type { Fields } from "./fields.js";
import type { Keys, TickKey } from "./keys.js";
import { BAR, barOf, FORMING, type Shape, type TickBar } from "./shape.js";
import type { Form } from "./times.js";

/** A closed bar after the number of its key. */
export type Taken = readonly [key: number, bar: TickBar];

export class Made {
  #fields: Fields | undefined;
  #form: Form = "date";

  /** @param scratch Where the addon writes single bars. */
  constructor(
    readonly native: Bars,
    readonly scratch: Float64Array,
    readonly keys: Keys,
  ) {}

  /** The names of the fields, once there was a tick. */
  get fields(): Fields | undefined {
    return this.#fields;
  }

  /** The form of the newest tick's time. */
  get form(): Form {
    return this.#form;
  }

  /** Takes over the fields of ticks, and the form of the newest time. */
  learn(fields: Fields | undefined, form: Form): void {
    [this.#fields, this.#form] = [fields, form];
  }

  /** How bars are written, once there was a tick. */
  get shape(): Shape | undefined {
    return this.#fields && { fields: this.#fields, form: this.#form };
  }

  /** The forming bar of a key. */
  formingOf(key: number): TickBar | null {
    this.native.forming(key);
    return this.written(this.keys.at(key));
  }

  /** The forming bar that the addon has written. */
  written(parts: readonly TickKey[]): TickBar | null {
    const { shape } = this;
    const none = this.scratch[FORMING + BAR - 1] === 0;
    return none || !shape ? null : barOf(this.scratch, FORMING, shape, parts);
  }

  /** The bars that have closed since the last call. */
  closed(): TickBar[] {
    return this.taken().map(([, bar]) => bar);
  }

  /** The same in the order of the keys, which is not that of their numbers once some were dropped. */
  closedByKey(): TickBar[] {
    const rank = new Map(this.keys.numbers().map((key, at) => [key, at]));
    const place = (key: number): number => rank.get(key) ?? 0;
    const taken = this.taken().sort(([a], [b]) => place(a) - place(b));
    return taken.map(([, bar]) => bar);
  }

  /** The same, each with the number of its key. */
  taken(): Taken[] {
    const numbers = this.native.takeClosed();
    const { shape } = this;
    const bars: Taken[] = [];
    for (let at = 0; shape && at < numbers.length; at += 1 + BAR) {
      const key = numbers[at] ?? 0;
      bars.push([key, barOf(numbers, at + 1, shape, this.keys.at(key))]);
    }
    return bars;
  }
}
