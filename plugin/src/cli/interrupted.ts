/** Cleans up when a run is interrupted. */

import { discardUnfinished } from "../files/whole.js";

/**
 * Makes an interrupted run remove its unfinished files. The signal itself then ends the process,
 * without waiting for other threads.
 *
 * @param stop Asks the run to end by itself, which then calls {@link endBy}; returns false if it
 *   cannot yet. A second signal of the same kind ends the process in any case.
 */
export function cleanUpWhenInterrupted(stop?: (signal: NodeJS.Signals) => boolean): void {
  // The process also ends early when the reader of its output goes away.
  process.once("exit", discardUnfinished);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      if (!stop?.(signal)) endBy(signal);
    });
  }
}

/** Ends the process as the signal would have. */
export function endBy(signal: NodeJS.Signals): void {
  discardUnfinished();
  process.kill(process.pid, signal);
}
