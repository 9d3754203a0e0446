/** Finds tslab, a notebook kernel for Node that does not ask values for their HTML. */

import { createRequire } from "node:module";

interface Tslab {
  readonly display: { html(page: string): void };
}

/**
 * tslab, if this process is its kernel. Only cells can import it by name, so it is found from the
 * script that was started.
 */
export function tslab(): Tslab | undefined {
  const started = createRequire(import.meta.url).main?.filename;
  if (started === undefined || !/[\\/]tslab[\\/]bin[\\/]tslab$/.test(started)) return undefined;
  return createRequire(started)("tslab");
}
