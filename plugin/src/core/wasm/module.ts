/** One instance of the WebAssembly module, and how texts and numbers get into it and out. */

/** What `crates/ta-wasm` exports. A room is memory with a number, which is never 0. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  room(bytes: number): number;
  address(room: number): number;
  length(room: number): number;
  forget(slot: number): void;
  ask(question: number): number;
  run(direct: number, room: number, rows: number): number;
  run_columns(evaluation: number, over: number, bytes: number): number;
  panicked(): number;
}

/** The runtime's part, of which the types of Node know nothing. */
interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  compile(bytes: ArrayBuffer): Promise<object>;
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Runtime };

/** A module of these bytes, compiled now. */
export const moduleOf = (bytes: Uint8Array): Module =>
  new Module(new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports);

/** The same without blocking. */
export const loadModule = async (bytes: ArrayBuffer): Promise<Module> =>
  new Module(new WebAssembly.Instance(await WebAssembly.compile(bytes)).exports as Exports);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Module {
  readonly #exports: Exports;
  readonly #forgotten: FinalizationRegistry<number>;

  constructor(exports: Exports) {
    this.#exports = exports;
    this.#forgotten = new FinalizationRegistry((slot) => exports.forget(slot));
  }

  /** The answer to a question; see `crates/ta-wasm/src/ask.rs`. */
  ask(question: { readonly ask: string; readonly [key: string]: unknown }): string {
    return this.text(this.call(({ ask }) => ask(this.#roomFor(JSON.stringify(question)))));
  }

  /** The text in a room, which is forgotten. Throws it if it says why something was refused. */
  text(room: number): string {
    const bytes = this.bytes(room);
    const [refused, text] = [bytes[0] === 1, decoder.decode(bytes.subarray(1))];
    this.forget(room);
    if (refused) throw new Error(text);
    return text;
  }

  /** Makes a call that says nothing unless something is refused. */
  quiet(work: (exports: Exports) => number): void {
    const said = this.call(work);
    if (said !== 0) this.text(said);
  }

  /** Makes a call. What ends it early becomes a sentence. */
  call(work: (exports: Exports) => number): number {
    try {
      return work(this.#exports);
    } catch (error) {
      const said = this.#exports.panicked();
      if (said !== 0) this.text(said);
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`internal error in the indicator engine: ${cause}`, { cause: error });
    }
  }

  /** Computes columns; `over` says where they are in the room `bytes`. */
  runColumns(evaluation: number, over: object, bytes: number): string {
    const text = this.#roomFor(JSON.stringify(over));
    return this.text(this.call(({ run_columns }) => run_columns(evaluation, text, bytes)));
  }

  /** Memory of so many bytes. It must be forgotten. */
  room(bytes: number): number {
    // A number of bytes beyond 32 bits would be cut.
    const room = bytes < 2 ** 31 ? this.call((exports) => exports.room(bytes)) : 0;
    if (room === 0) {
      throw new Error(
        `a call needs ${bytes} bytes more than WebAssembly has; compute it in parts, or use a platform with a native addon`,
      );
    }
    return room;
  }

  /** The bytes of a room. Any call ends this view, because the memory may move. */
  bytes(room: number): Uint8Array {
    const { memory, address, length } = this.#exports;
    return new Uint8Array(memory.buffer, address(room) >>> 0, length(room) >>> 0);
  }

  /** The same as numbers. */
  numbers(room: number): Float64Array {
    const { memory, address, length } = this.#exports;
    return new Float64Array(memory.buffer, address(room) >>> 0, (length(room) >>> 0) / 8);
  }

  forget(slot: number): void {
    this.#exports.forget(slot);
  }

  /** Forgets a slot when JavaScript has forgotten its owner. */
  forgetWith(owner: object, slot: number): void {
    this.#forgotten.register(owner, slot);
  }

  #roomFor(text: string): number {
    const bytes = encoder.encode(text);
    const room = this.room(bytes.length);
    this.bytes(room).set(bytes);
    return room;
  }
}
