/** A checked call over arrays, which are copied into WebAssembly's memory and back. */

import type { Direct } from "../addon.js";
import type { Module } from "./module.js";

/** Most bytes of the room that is kept for the next call: a new one has to be filled with zeros. */
const MOST_KEPT = 2 ** 26;

/** Least bytes of it. */
const LEAST_KEPT = 2 ** 20;

/** The kept room of each module. */
const kept = new WeakMap<Module, { readonly room: number; readonly bytes: number }>();

export class WasmDirect implements Direct {
  readonly #module: Module;
  readonly #slot: number;
  readonly #scratch: Float64Array;

  constructor(
    module: Module,
    name: string,
    params: string,
    missing: string | undefined,
    allow: string | undefined,
    scratch: Float64Array,
  ) {
    this.#module = module;
    this.#slot = JSON.parse(module.ask({ ask: "direct", name, params, missing, allow }));
    this.#scratch = scratch;
    module.forgetWith(this, this.#slot);
  }

  runInto(inputs: Float64Array[], outputs: Float64Array[]): void {
    const rows = inputs[0]?.length ?? 0;
    this.#run(rows, inputs, outputs);
  }

  runInScratch(rows: number, width: number, height: number): void {
    const part = (index: number) => this.#scratch.subarray(index * rows, (index + 1) * rows);
    const parts = Array.from({ length: width + height }, (_, index) => part(index));
    this.#run(rows, parts.slice(0, width), parts.slice(width));
  }

  #run(rows: number, inputs: Float64Array[], outputs: Float64Array[]): void {
    const bytes = 8 * rows * (inputs.length + outputs.length);
    const room = bytes > MOST_KEPT ? this.#module.room(bytes) : this.#kept(bytes);
    try {
      const numbers = this.#module.numbers(room);
      for (const [index, input] of inputs.entries()) numbers.set(input, index * rows);
      this.#module.quiet(({ run }) => run(this.#slot, room, rows));
      const computed = this.#module.numbers(room).subarray(inputs.length * rows);
      for (const [index, output] of outputs.entries()) {
        output.set(computed.subarray(index * rows, (index + 1) * rows));
      }
    } finally {
      if (bytes > MOST_KEPT) this.#module.forget(room);
    }
  }

  #kept(bytes: number): number {
    const known = kept.get(this.#module);
    if (known && known.bytes >= bytes) return known.room;
    if (known) this.#module.forget(known.room);
    kept.delete(this.#module);
    const size = Math.max(bytes, LEAST_KEPT);
    const room = this.#module.room(size);
    kept.set(this.#module, { room, bytes: size });
    return room;
  }
}
