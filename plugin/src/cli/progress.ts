/** Shows the progress of a computation on standard error. */

import type { Progress } from "../files/index.js";
import { count } from "./text.js";

const WIDTH = 24;

const DOING = {
  unpack: "unpacking",
  convert: "reading",
  compute: "computing",
  join: "writing",
} as const;

/** Milliseconds between two updates of the seconds, if no progress is reported. */
const EVERY = 500;

/** A view of progress. */
export interface ProgressView {
  show(progress: Progress): void;
  end(): void;
}

/**
 * A progress bar on a terminal, lines elsewhere. It shows the elapsed seconds, so that it moves
 * even if nothing is reported.
 */
export function progressOn(stream: NodeJS.WriteStream): ProgressView {
  const began = performance.now();
  const write = stream.isTTY ? bar : line;
  let said = -1;
  let last: Progress = { phase: "compute", done: 0, total: 0 };
  const say = () => {
    said = Math.floor((performance.now() - began) / 1000);
    stream.write(write(last, said));
  };
  const timer = setInterval(() => {
    if (Math.floor((performance.now() - began) / 1000) > said) say();
  }, EVERY);
  // The timer must not keep the process alive.
  timer.unref();
  return {
    show: (progress) => {
      last = progress;
      say();
    },
    end: () => {
      clearInterval(timer);
      if (stream.isTTY) stream.write(CLEARED);
    },
  };
}

/** Moves to the start of the line and clears it. */
const CLEARED = "\r\u001b[K";

const after = (seconds: number): string => (seconds < 1 ? "" : `, ${seconds} s`);

function line({ phase, done, total }: Progress, seconds: number): string {
  const far = total > 0 ? `${DOING[phase]} ${done} of ${total}` : "opening";
  return `${far}${after(seconds)}\n`;
}

function bar({ phase, done, total }: Progress, seconds: number): string {
  if (total === 0) return `${CLEARED}opening${after(seconds)}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  const drawn = "█".repeat(filled) + "░".repeat(WIDTH - filled);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  const rows = phase === "compute" || phase === "join" ? `  ${count(total, "row")}` : "";
  return `${CLEARED}${drawn} ${percent}% ${DOING[phase]}${rows}${after(seconds)}`;
}
