/** apache-arrow, which this entry of the package works on and which is loaded nowhere else. */

import { TaError } from "../errors.js";

type Arrow = typeof import("apache-arrow");

async function load(): Promise<Arrow> {
  try {
    return await import("apache-arrow");
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new TaError(
      `nodejs-polars-ta/arrow needs apache-arrow beside it, and cannot load it: ${cause}`,
    );
  }
}

/** The caller's own copy where there is one copy: results are its vectors. */
export const arrow: Arrow = await load();
