/**
 * Features of files: `nodejs-polars-ta/files`.
 *
 * @packageDocumentation
 */

// Registers .ta.
import "../api/ta.js";

export type { TimeColumns } from "./both.js";
export { type ComputedFiles, computeFiles } from "./compute.js";
export type { Dialect } from "./dialect.js";
export type { FormatName } from "./formats.js";
export type { Abortable, ComputeFilesOptions, Progress } from "./options.js";
export type { InputStream, OutputStream } from "./streams.js";
