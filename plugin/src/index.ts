/**
 * Technical indicators as a `.ta` namespace on nodejs-polars. Importing this module
 * registers it.
 *
 * @example
 * ```ts
 * import pl from "nodejs-polars";
 * import { ta } from "nodejs-polars-ta";
 *
 * const df = pl.DataFrame({ close: [10, 11, 12, 11, 13, 14] });
 * df.withColumns(pl.col("close").ta.sma(3));
 * ```
 *
 * @packageDocumentation
 */

// Declarations are written without the import in there, and the compiler would not see `.ta`.
import "./api/register.js";

export * from "./api/ta.js";
