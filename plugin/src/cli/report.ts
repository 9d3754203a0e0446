/** Reports a failed command. */

import { CommanderError } from "commander";
import { EXIT, UsageError } from "./text.js";
import { inShell } from "./words.js";

/** Prints what went wrong in one sentence; returns the exit code. */
export function report(error: unknown): number {
  // Commander has already printed its error, or the help it was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  console.error(inShell(error));
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
