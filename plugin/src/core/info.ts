import { addon } from "./addon.js";
import { canBorrow } from "./memory.js";

/** What {@link info} says. */
export interface Info {
  /** Version of this package. */
  readonly version: string;
  /** Version of the catalog's contract. */
  readonly contractVersion: number;
  /** Threads that compute, as `POLARS_MAX_THREADS` says or one for each core. */
  readonly threads: number;
  /**
   * Where the Arrow vectors of results stand: in memory that the addon keeps for the next
   * call (`"addon"`), or in new memory of the JavaScript runtime (`"runtime"`), where that
   * allows no buffers over memory of others. The kernels write there either way.
   */
  readonly resultMemory: "addon" | "runtime";
}

/** The versions of this package, and how it works in this process. */
export function info(): Info {
  return {
    version: addon.version(),
    contractVersion: addon.contractVersion(),
    threads: addon.threads(),
    resultMemory: canBorrow() ? "addon" : "runtime",
  };
}
