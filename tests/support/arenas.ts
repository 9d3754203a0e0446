/** The memory for results that the addon was asked for. */

import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { vi } from "vitest";
import { addon } from "../../plugin/dist/addon.js";

/** One piece of memory that was made. */
export interface Made {
  readonly bytes: number;
  readonly hasPath: boolean;
  readonly backing: string | undefined;
  /** How often its pages were given back. */
  rests: number;
  /** Writes over all that polars could see of it. */
  soil(): void;
}

/** Notes what memory is made, until mocks are restored. */
export function watchArenas(): Made[] {
  const made: Made[] = [];
  const { Arena } = addon;
  vi.spyOn(addon, "Arena").mockImplementation(
    class extends Arena {
      readonly #made: Made;

      constructor(bytes: number, hasPath: boolean, backing?: string) {
        super(bytes, hasPath, backing);
        const soil = () => {
          // What was given back cannot be seen any more.
          if (this.#made.rests > 0) return;
          if (hasPath) soilFile(this.path as string);
          else this.buffer()?.fill(0xa5);
        };
        this.#made = { bytes, hasPath, backing, rests: 0, soil };
        made.push(this.#made);
      }

      override rest(): void {
        this.#made.rests += 1;
        super.rest();
      }

      override discard(): void {
        this.#made.rests += 1;
        super.discard();
      }
    },
  );
  return made;
}

function soilFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    writeSync(file, Buffer.alloc(fstatSync(file).size, 0xa5));
  } finally {
    closeSync(file);
  }
}
