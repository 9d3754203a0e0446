/** Loads apache-arrow, which only this entry of the package needs when it is imported. */

import { importArrow } from "../core/peers.js";

/** The copy that `import` finds. Results are vectors of this copy. */
export const arrow = await importArrow(
  (cause) => `nodejs-polars-ta/arrow needs apache-arrow beside it, and cannot load it: ${cause}`,
);
