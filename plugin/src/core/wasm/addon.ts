/** The functions and classes of the addon, by the WebAssembly module. */

import type { Addon } from "../addon.js";
import { TaError } from "../errors.js";
import { WasmDirect } from "./direct.js";
import { WasmEvaluation } from "./evaluation.js";
import type { Module } from "./module.js";

/**
 * The addon over a module.
 *
 * @param reason Why there is no native addon, as the end of a sentence.
 */
export function addonOver(module: Module, reason: string): Addon {
  const ask = <T>(question: Parameters<Module["ask"]>[0]): T => JSON.parse(module.ask(question));
  const lacks = (what: string) => (): never => {
    throw new TaError(
      `${what} needs the native addon, and ${reason}; ta.compute and nodejs-polars-ta/arrow work without it`,
    );
  };
  const frame = lacks("computing the indicators of a frame");
  const stream = lacks("a stream of bars");
  const addresses = new Addresses();
  return {
    isNative: false,
    catalog: () => module.ask({ ask: "catalog" }),
    find: (name) => ask({ ask: "find", name }),
    entry: (id) => {
      const text = module.ask({ ask: "entry", id });
      return text === "null" ? null : text;
    },
    resolve: (name, params, missing, also, allow) =>
      module.ask({ ask: "resolve", name, params, missing, also, allow }),
    stableAfter: (name, params) => ask({ ask: "stableAfter", name, params }),
    version: () => ask({ ask: "version" }),
    contractVersion: () => ask({ ask: "contractVersion" }),
    threads: () => 1,
    hint: (name, known) => ask({ ask: "hint", name, known }),
    language: (question) => module.ask({ ask: "language", question }),
    // JavaScript cannot borrow memory here: it moves when it grows.
    borrow: () => null,
    borrowNumbers: () => null,
    memoryUsage: () => ({ kept: 0, borrowed: 0 }),
    // An array's place, not what is in it.
    addressOf: (array) => addresses.of(array as ArrayBufferView),
    release: () => undefined,
    tune: () => false,
    requireFrames: frame,
    Memory: refusing(frame),
    Direct: class extends WasmDirect {
      constructor(...args: ConstructorParameters<Addon["Direct"]>) {
        super(module, ...args);
      }
    },
    Evaluation: class extends WasmEvaluation {
      constructor(plan: string) {
        super(module, plan, frame);
      }
    },
    liveProgram: stream,
    liveHeader: stream,
    liveBar: stream,
    Live: refusing(stream),
    Bars: Object.assign(refusing<Addon["Bars"]>(stream), { header: stream }),
  };
}

/** A class that cannot be used. */
function refusing<Class extends new (...args: never[]) => object>(refuse: () => never): Class {
  return class {
    constructor() {
      refuse();
    }
  } as unknown as Class;
}

/** Numbers by which arrays can be seen to share memory. Arrays here are only ever copied. */
class Addresses {
  readonly #starts = new WeakMap<object, number>();
  #next = 0;

  of({ buffer, byteOffset }: ArrayBufferView): number {
    const known = this.#starts.get(buffer);
    if (known !== undefined) return known + byteOffset;
    // Each begins after the end of the one before. Exact until a process has seen 9 million GB.
    const start = this.#next;
    this.#next += buffer.byteLength + 1;
    this.#starts.set(buffer, start);
    return start + byteOffset;
  }
}
