/** The memory for results that the addon was asked for. */

import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";

/** Memory that was taken for the results of a round. */
export interface Taken {
  readonly bytes: number;
  readonly hasPath: boolean;
  /** Nobody had used it before. */
  readonly isNew: boolean;
  isGivenBack: boolean;
}

/**
 * Notes what memory is taken, until mocks are restored.
 *
 * @param soil Writes over everything that polars could see of it when it is given back.
 */
export function watchMemory({ soil = false } = {}): Taken[] {
  const all: Taken[] = [];
  const { Memory } = addon;
  vi.spyOn(addon, "Memory").mockImplementation(
    class extends Memory {
      readonly #taken: Taken;

      constructor(bytes: number, hasPath: boolean, backing?: string) {
        super(bytes, hasPath, backing);
        this.#taken = { bytes, hasPath, isNew: !this.isReused, isGivenBack: false };
        all.push(this.#taken);
      }

      override giveBack(): void {
        this.#taken.isGivenBack = true;
        if (soil && this.#taken.hasPath) soilFile(this.path as string);
        else if (soil) this.buffer()?.fill(0xa5);
        super.giveBack();
      }
    },
  );
  return all;
}

function soilFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    writeSync(file, Buffer.alloc(fstatSync(file).size, 0xa5));
  } finally {
    closeSync(file);
  }
}
