import { addon } from "./addon.js";
import { checkOptions } from "./options.js";

/** What `ta.tune` takes. */
export interface TuneOptions {
  /**
   * Bytes of address space to set aside for large pages; no memory is used before there
   * is something to put there. 1 GiB when not given.
   */
  readonly reserve?: number;
}

/**
 * Tells the allocator of this process to keep the memory that polars and this package
 * free, instead of giving it back to the system, and to use large pages for it. What polars
 * does on its own threads with large columns, such as finding scattered groups or making the
 * results of `await lazy.collect()`, then takes less time, and the process stays as large as it
 * ever was. Eager calls gain little: room for their results is kept without it. It holds for
 * the whole process and cannot be undone; call it once, before polars has done anything.
 *
 * @returns Whether this system's allocator can be told so: glibc's can, others are left
 * as they are.
 */
export function tune(options: TuneOptions = {}): boolean {
  const { reserve = 2 ** 30 } = checkOptions<TuneOptions>("tune", options, {
    reserve: [
      "a number of bytes, 0 or more",
      (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    ],
  });
  return addon.tune(reserve);
}
