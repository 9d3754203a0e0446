import { inJavaScript, type Sentence, sentence } from "./sentence.js";

/** The error of every refused `.ta` call: one sentence that says what to change. */
export class TaError extends Error {
  /** `"TaError"`. */
  override readonly name = "TaError";
  readonly #said: string | Sentence;

  /** @internal */
  constructor(said: string | Sentence, options?: ErrorOptions) {
    super(inJavaScript(said), options);
    this.#said = said;
  }

  /**
   * The sentence in parts: the command line writes options in another form than a program.
   *
   * @internal
   */
  get said(): Sentence {
    return [this.#said].flat();
  }

  /**
   * The same error with `where` before its sentence.
   *
   * @internal
   */
  within(where: string | Sentence): TaError {
    return new TaError(sentence`${where}: ${this.said}`);
  }
}

/** Converts an error of the addon. */
export function taError(error: unknown): TaError {
  return new TaError(error instanceof Error ? error.message : String(error));
}

/** Runs `work` and converts the addon's errors into {@link TaError}s. */
export function asTaError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw taError(error);
  }
}
