/** How far a computation is, on standard error. */

import type { Progress } from "../files/index.js";
import { count } from "./text.js";

const WIDTH = 24;

const DOING = { convert: "reading", compute: "computing", join: "writing" } as const;

/** Shows progress: a bar that is drawn over where there is a terminal, lines elsewhere. */
export function showProgress(stream: NodeJS.WriteStream): (progress: Progress) => void {
  if (!stream.isTTY) {
    return ({ phase, done, total }) => stream.write(`${DOING[phase]} ${done} of ${total}\n`);
  }
  return ({ phase, done, total }) => {
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const filled = Math.round(share * WIDTH);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    const rows = phase === "convert" ? "" : `  ${count(total, "row")}`;
    // Back to the start of the line, and nothing of what was there stays.
    stream.write(`\r\u001b[K${bar} ${percent}% ${DOING[phase]}${rows}`);
    if (phase === "join" && share === 1) stream.write("\n");
  };
}
