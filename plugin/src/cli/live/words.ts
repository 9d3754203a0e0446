/** The sentences of streams, for the command. */

import { TaError } from "../../core/errors.js";
import { UsageError } from "../text.js";
import { inShell } from "../words.js";

/** What functions of streams begin their sentences with. */
const BEGIN = /^stream: /;

/** The message of an error, after the words for a place. */
export const inLive = (error: unknown): string => inShell(error).replace(BEGIN, "");

/** The error with the name of the command in the place of that of streams. */
export function ofLive(error: unknown): unknown {
  const message = inShell(error).replace(BEGIN, "live: ");
  if (error instanceof TaError) return new TaError(message);
  return error instanceof UsageError ? new UsageError(message) : error;
}
