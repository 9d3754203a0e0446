/** Cleans up when a run is interrupted. */

import { discardUnfinished } from "../files/whole.js";

/**
 * Makes an interrupted run remove its unfinished files. The signal itself then ends the process,
 * without waiting for other threads.
 */
export function cleanUpWhenInterrupted(): void {
  // The process also ends early when the reader of its output goes away.
  process.once("exit", discardUnfinished);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      discardUnfinished();
      process.kill(process.pid, signal);
    });
  }
}
