/** How far a computation is, on standard error. */

import type { Progress } from "../files/index.js";
import { count } from "./text.js";

const WIDTH = 24;

const DOING = { convert: "reading", compute: "computing", join: "writing" } as const;

/** A view of progress, and what closes it. */
export interface ProgressView {
  show(progress: Progress): void;
  end(): void;
}

/** A bar that is drawn over where there is a terminal, lines elsewhere. */
export function progressOn(stream: NodeJS.WriteStream): ProgressView {
  if (!stream.isTTY) {
    return {
      show: ({ phase, done, total }) => stream.write(`${DOING[phase]} ${done} of ${total}\n`),
      end: () => undefined,
    };
  }
  const show = ({ phase, done, total }: Progress) => {
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const filled = Math.round(share * WIDTH);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    const rows = phase === "convert" ? "" : `  ${count(total, "row")}`;
    // Back to the start of the line, and nothing of what was there stays.
    stream.write(`\r\u001b[K${bar} ${percent}% ${DOING[phase]}${rows}`);
  };
  return { show, end: () => stream.write("\r\u001b[K") };
}
