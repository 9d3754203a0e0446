/** Errors of `ta.bars`. */

import { TaError, taError } from "../../core/errors.js";
import type { TickKey } from "./keys.js";
import { shown } from "./times.js";

/** Runs `work`; its errors begin with the name of the function. */
export function within<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw (error instanceof TaError ? error : taError(error)).within("bars");
  }
}

/** The error for a tick whose bar is closed; without spans of time, for one that is out of order. */
export function lateTick(time: unknown, parts: readonly TickKey[], spans: boolean): TaError {
  const of = parts.length > 0 ? ` of ${parts.map((part) => JSON.stringify(part)).join(", ")}` : "";
  const why = spans ? "its bar is already closed" : "a newer tick came before it";
  return new TaError(
    `the tick${of} at ${shown(time)} is late: ${why}; late: "drop" leaves such ticks out`,
  );
}
