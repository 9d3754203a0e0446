/** apache-arrow, which this entry of the package works on and which is loaded nowhere else. */

import { arrowBeside } from "../core/peers.js";

/** The caller's own copy where there is one copy: results are its vectors. */
export const arrow = await arrowBeside(
  (cause) => `nodejs-polars-ta/arrow needs apache-arrow beside it, and cannot load it: ${cause}`,
);
