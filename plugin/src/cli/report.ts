/** How a command ends that has failed. */

import { CommanderError } from "commander";
import { EXIT, UsageError } from "./text.js";
import { inShell } from "./words.js";

/** Says what went wrong in one sentence; returns the exit code. */
export function report(error: unknown): number {
  // Commander has said its own, and what it was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  console.error(inShell(error));
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
