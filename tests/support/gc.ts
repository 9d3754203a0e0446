/** The garbage collector, on call. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Wrappers that nobody holds let go of their native memory. */
export async function tidy(): Promise<void> {
  for (let pass = 0; pass < 4; pass += 1) {
    gc();
    await new Promise(setImmediate);
  }
}
