/** Copies streams and compressed files to files that polars can read. */

import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { TaError } from "../core/errors.js";
import type { Columns } from "./csv.js";
import { checkDialect, type Dialect } from "./dialect.js";
import { firstBytes } from "./ends.js";
import { type Format, type FormatName, formatNamed, formatOf } from "./formats.js";
import type { Abortable } from "./options.js";
import { findFiles, firstLine, type InputFile, openFiles, type Source } from "./sources.js";
import type { InputStream } from "./streams.js";
import { inTemporaryFolder } from "./whole.js";

/** An input that may have to be copied before polars can read it. */
interface Found {
  readonly name: string;
  readonly input: string | InputStream;
  readonly format: Format;
}

/** The inputs and their formats. Nothing is read yet. */
export function formatsOf(
  inputs: readonly (string | InputStream)[],
  format: FormatName | undefined,
): Found[] {
  const named = format === undefined ? undefined : formatNamed("format", format);
  return inputs.map((input) => {
    if (typeof input !== "string") {
      return { name: "standard input", input, format: named ?? formatNamed("format", "csv") };
    }
    return { name: `"${input}"`, input, format: named ?? formatOf(input, "format") };
  });
}

/** Whether polars cannot read an input directly. */
export const isPacked = ({ input, format }: Found): boolean =>
  typeof input !== "string" ||
  format.gzip === true ||
  (format.kind === "csv" && encodingOf(firstBytes(input)) !== undefined);

/**
 * The files that polars reads: the inputs themselves, or copies of them.
 *
 * @param folder The folder for copies.
 */
export async function unpacked(
  found: readonly Found[],
  folder: string,
  signal?: Abortable,
): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const [index, each] of found.entries()) {
    const { name, input, format } = each;
    if (!isPacked(each)) {
      files.push({ name, path: input as string, format });
      continue;
    }
    const path = join(folder, `input-${index}`);
    const from = typeof input === "string" ? createReadStream(input) : input;
    await copy(from, path, name, format, signal);
    files.push({ name, path, format });
  }
  return files;
}

async function copy(
  from: InputStream,
  path: string,
  name: string,
  format: Format,
  signal: Abortable | undefined,
): Promise<void> {
  const { begins, stream } = await beginning(from);
  const packed = format.kind === "csv" && begins.equals(GZIP);
  // A file with the extension of gzip must be compressed; a stream is recognized by its first
  // bytes.
  if (!packed && format.gzip) throw new TaError(`${name} cannot be read: it is not packed by gzip`);
  const encoding = format.kind === "csv" ? encodingOf(begins) : undefined;
  const unpack = [
    ...(packed ? [createGunzip()] : []),
    ...(encoding === undefined ? [] : [inUtf8(encoding)]),
  ];
  try {
    await pipeline([stream, ...unpack, createWriteStream(path)], { signal: signal as AbortSignal });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    const damaged = String((error as NodeJS.ErrnoException).code).startsWith("Z_");
    throw new TaError(
      `${name} cannot be read: ${damaged ? "what gzip packed is damaged or cut off" : firstLine(error)}`,
    );
  }
}

/** The first bytes of gzip data. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** The encoding that the first bytes of a text name, if it is not UTF-8. Windows writes UTF-16. */
const encodingOf = (begins: Buffer): string | undefined =>
  begins.equals(Buffer.from([0xff, 0xfe]))
    ? "utf-16le"
    : begins.equals(Buffer.from([0xfe, 0xff]))
      ? "utf-16be"
      : undefined;

/** Converts text to UTF-8. */
function inUtf8(encoding: string): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
}

/** The first two bytes of a stream, and a stream that still begins with them. */
async function beginning(from: InputStream): Promise<{ begins: Buffer; stream: Readable }> {
  const chunks = from[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  let begun = Buffer.alloc(0);
  while (begun.length < GZIP.length) {
    const { value, done } = await chunks.next();
    if (done) break;
    begun = Buffer.concat([begun, Buffer.from(value)]);
  }
  async function* whole() {
    if (begun.length > 0) yield begun;
    yield* chunks;
  }
  return { begins: begun.subarray(0, GZIP.length), stream: Readable.from(whole()) };
}

/** Which files to open, and how. */
export interface InputOptions extends Dialect {
  readonly inputs: readonly (string | InputStream)[];
  readonly format?: FormatName;
}

/** Runs `work` on the rows of files. Copies that some inputs need exist until it ends. */
export async function withFiles<T>(
  options: InputOptions,
  columns: Columns,
  work: (source: Source) => T | Promise<T>,
): Promise<T> {
  checkDialect(options);
  const found = formatsOf(findFiles(options.inputs), options.format);
  const open = async (folder: string) =>
    work(await openFiles(await unpacked(found, folder), options, columns));
  return found.some(isPacked) ? inTemporaryFolder(open) : open("");
}
