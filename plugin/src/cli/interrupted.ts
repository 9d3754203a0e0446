/** What a run that is interrupted leaves: nothing. */

import { discardUnfinished } from "../files/whole.js";
import { EXIT } from "./text.js";

/** Has an interrupted run take its unfinished files with it. */
export function leaveNothingBehind(): void {
  const end = (code: number) => () => {
    discardUnfinished();
    process.exit(code);
  };
  process.once("SIGINT", end(EXIT.interrupted));
  process.once("SIGTERM", end(EXIT.terminated));
}
