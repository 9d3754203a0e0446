/** The pages that people write, and the blocks of code in them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./child.js";

export const readPage = (path: string): string => readFileSync(join(root, path), "utf8");

/** The pages that are written by hand. */
export const pages: readonly string[] = [
  "README.md",
  "golden/README.md",
  "notebooks/README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].sort();

export interface Block {
  readonly line: number;
  /** What stands behind the fence; empty: a drawing. */
  readonly language: string;
  readonly code: string;
  /** The text block right after it; none if there is no such block. */
  readonly output: string | undefined;
}

/** The blocks of a text, without those of output. */
export function blocksOf(text: string): Block[] {
  const found = text.matchAll(/^```(\w*)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms);
  return [...found].map(({ index, 1: language = "", 2: code = "", 3: output }) => ({
    line: text.slice(0, index).split("\n").length,
    language,
    code,
    output,
  }));
}

/** The blocks of one language in a page. */
export const blocksIn = (path: string, language: string): Block[] =>
  blocksOf(readPage(path)).filter((block) => block.language === language);
