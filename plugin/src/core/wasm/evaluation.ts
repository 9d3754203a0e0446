/** An evaluation over Arrow columns, which are copied into WebAssembly's memory. */

import type { BorrowedColumn, BorrowedPiece, Evaluation, RunResult } from "../addon.js";
import type { Module } from "./module.js";

/** What only an addon does, as a function that says so. */
export type Refuse = () => never;

/** The part of {@link Evaluation} that Arrow tables need; `refuse` is for frames of polars. */
export class WasmEvaluation implements Evaluation {
  readonly rounds: number[];
  readonly times = "[]";
  readonly openFile: Refuse;
  readonly takeArrays: Refuse;
  readonly groupByFirstRow: Refuse;
  readonly groupByRuns: Refuse;
  readonly start: Refuse;
  readonly wait: Refuse;
  readonly compute: Refuse;
  readonly #module: Module;
  readonly #slot: number;

  constructor(module: Module, plan: string, refuse: Refuse) {
    const { slot, rounds } = JSON.parse(module.ask({ ask: "evaluation", plan }));
    this.#module = module;
    this.#slot = slot;
    this.rounds = rounds;
    this.openFile = this.takeArrays = this.groupByFirstRow = this.groupByRuns = refuse;
    this.start = this.wait = this.compute = refuse;
  }

  runColumns(
    columns: readonly BorrowedColumn[],
    partitions: readonly (readonly BorrowedColumn[])[],
    memories: readonly Uint8Array[],
  ): RunResult {
    const buffers = new Buffers();
    const over = {
      columns: columns.map((column) => buffers.column(column)),
      partitions: partitions.map((keys) => keys.map((column) => buffers.column(column))),
    };
    const room = this.#module.room(buffers.bytes);
    buffers.copyTo(this.#module.bytes(room));
    const { rooms, ...result } = JSON.parse(this.#module.runColumns(this.#slot, over, room));
    for (const [round, memory] of memories.entries()) {
      memory.set(this.#module.bytes(rooms[round]));
      this.#module.forget(rooms[round]);
    }
    return result as RunResult;
  }

  close(): void {
    this.#module.forget(this.#slot);
  }
}

/** Where bytes will be: their start and their number. */
type At = readonly [start: number, length: number];

/** Buffers that get places one after the other. One that is in several columns stands once. */
class Buffers {
  readonly #places = new Map<ArrayBufferView, At>();
  bytes = 0;

  column(column: BorrowedColumn): object {
    const pieces = column.pieces.map((piece) => this.#piece(piece));
    const dictionaries = column.dictionaries?.map((dictionary) => this.column(dictionary));
    return { ...column, pieces, dictionaries };
  }

  #piece(piece: BorrowedPiece): object {
    const { values, validity, offsets, heaps } = piece;
    return {
      ...piece,
      values: this.#place(values),
      validity: this.#place(validity),
      offsets: this.#place(offsets),
      heaps: heaps.map((heap) => this.#place(heap)),
    };
  }

  #place(view: ArrayBufferView | undefined): At | undefined {
    if (view === undefined) return undefined;
    const known = this.#places.get(view);
    if (known) return known;
    const at: At = [this.bytes, view.byteLength];
    this.#places.set(view, at);
    // Numbers are read in place where they are aligned.
    this.bytes = Math.ceil((this.bytes + view.byteLength) / 8) * 8;
    return at;
  }

  copyTo(bytes: Uint8Array): void {
    for (const [view, [start]] of this.#places) {
      bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), start);
    }
  }
}
