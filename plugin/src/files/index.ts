/**
 * Features of files: `nodejs-polars-ta/files`.
 *
 * @packageDocumentation
 */

// Registers .ta.
import "../api/ta.js";

export {
  type Abortable,
  type ComputedFiles,
  type ComputeFilesOptions,
  computeFiles,
  type Progress,
} from "./compute.js";
export type { Dialect } from "./dialect.js";
export type { FormatName } from "./formats.js";
export type { InputStream, OutputStream } from "./streams.js";
