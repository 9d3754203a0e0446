import { addon } from "./addon.js";
import { canBorrow } from "./memory.js";

/** The result of {@link info}. */
export interface Info {
  /** Version of this package. */
  readonly version: string;
  /** Version of the catalog's contract. */
  readonly contractVersion: number;
  /** What computes: the native addon, or WebAssembly where there is none. */
  readonly engine: "native" | "wasm";
  /** Number of threads that compute: `POLARS_MAX_THREADS`, or one per core. */
  readonly threads: number;
  /**
   * Where results of the Arrow entry are stored: in memory that the addon keeps for later calls
   * (`"addon"`), or in memory of the JavaScript runtime (`"runtime"`), if the runtime allows no
   * buffers over foreign memory. The kernels write directly to either.
   */
  readonly resultMemory: "addon" | "runtime";
}

/** The versions of this package, and how it works in this process. */
export function info(): Info {
  return {
    version: addon.version(),
    contractVersion: addon.contractVersion(),
    engine: addon.isNative ? "native" : "wasm",
    threads: addon.threads(),
    resultMemory: canBorrow() ? "addon" : "runtime",
  };
}
