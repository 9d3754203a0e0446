/** What a run that is interrupted leaves: nothing. */

import { discardUnfinished } from "../files/whole.js";

/**
 * Has an interrupted run take its unfinished files with it. It is then ended by the signal
 * itself, which does not wait for what other threads are at.
 */
export function leaveNothingBehind(): void {
  // A reader that has gone away ends the process in the middle of the work.
  process.once("exit", discardUnfinished);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      discardUnfinished();
      process.kill(process.pid, signal);
    });
  }
}
