/** Standard output. */

import { EXIT } from "./text.js";

/** A reader that closes the pipe early, such as head, is no failure. */
export const isClosed = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === "EPIPE";

let onFailure = (error: Error): void => {
  process.exit(isClosed(error) ? 0 : EXIT.failed);
};

/** Ends the process when standard output fails, unless {@link writeOutput} is used. */
export function watchOutput(): void {
  process.stdout.on("error", (error) => onFailure(error));
}

/** Writes to standard output; resolves when the system has the text. A failure is the caller's. */
export function writeOutput(text: string): Promise<void> {
  onFailure = () => undefined;
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
