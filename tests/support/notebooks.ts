/** Small notebooks for tests, written to a folder and run there by the project's runner. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./child.js";

export interface Output {
  readonly output_type: string;
  readonly data?: Record<string, unknown>;
  readonly text?: string | string[];
}

export interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly execution_count?: number | null;
  readonly source: string | string[];
  readonly outputs?: readonly Output[];
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec: { readonly name: string }; readonly also?: string[] };
}

export const readNotebook = (path: string): Notebook => JSON.parse(readFileSync(path, "utf8"));

/** What was printed. */
export const printed = (text: string): Output =>
  ({ output_type: "stream", name: "stdout", text }) as Output;

/** The value of a cell's last line. */
export const value = (data: Record<string, unknown>): Output =>
  ({ output_type: "execute_result", execution_count: 1, metadata: {}, data }) as Output;

/** What a cell shows besides its value. */
export const display = (data: Record<string, unknown>): Output =>
  ({ output_type: "display_data", metadata: {}, data }) as Output;

/** Writes a notebook with one cell, which has shown `outputs`, for the first kernel and `also` for the others. */
export function writeNotebook(
  path: string,
  source: string,
  outputs: readonly Output[],
  [name = "deno", ...also]: readonly string[] = [],
): void {
  const kernelspec = { name, display_name: name, language: "typescript" };
  const cell = { cell_type: "code", id: "a", execution_count: 1, metadata: {}, source, outputs };
  const metadata = { kernelspec, ...(also.length > 0 && { also }) };
  writeFileSync(path, JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }));
}

/** Runs a folder of notebooks; resolves to the exit code and what was said. */
export async function runFolder(folder: string, write = false, names: readonly string[] = []) {
  const { runNotebooks } = await import(join(root, "plugin/tools/notebooks.mjs"));
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const code: number = await runNotebooks({ write, notebooks: folder, onLine, names });
  return { code, lines, text: lines.join("\n") };
}
