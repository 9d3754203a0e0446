/** The error of every refused `.ta` call: one sentence that says what to change. */
export class TaError extends Error {
  /** `"TaError"`. */
  override readonly name = "TaError";
}

/** The addon's error as ours. */
export function taError(error: unknown): TaError {
  return new TaError(error instanceof Error ? error.message : String(error));
}

/** Runs `work`, turning the addon's errors into {@link TaError}s. */
export function asTaError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw taError(error);
  }
}
