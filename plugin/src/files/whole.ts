/** Writes files that appear complete or not at all. */

import {
  accessSync,
  chmodSync,
  constants,
  createReadStream,
  mkdirSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { open, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TaError } from "../core/errors.js";
import { folderName, removeLeftovers } from "./leftovers.js";
import type { OutputStream } from "./streams.js";

/** Temporary folders of unfinished runs in this process. */
const unfinished = new Set<string>();

/** Removes the folders of unfinished runs. For a process that is about to end. */
export function discardUnfinished(): void {
  for (const folder of unfinished) rmSync(folder, { recursive: true, force: true });
}

/** Throws if a path cannot be written. Called before any work. */
export function checkWritable(path: string): void {
  const folder = dirname(resolve(path));
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new TaError(`"${path}" cannot be written: it is not a file`);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TaError(`"${path}" cannot be written: there is no directory "${dirname(path)}"`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new TaError(`"${path}" cannot be written: its directory is read-only`);
  }
}

/** Where to write a result: a file, or a stream such as standard output. */
export type Target = string | OutputStream;

/** Whether a target is a file. */
export const isPath = (target: Target): target is string => typeof target === "string";

/**
 * Writes the file `target`. `write` gets a temporary path and a folder for other temporary files,
 * both on the disk of `target`. The file gets its name when it is complete and on the disk; until
 * then an older file stays. If anything fails, nothing is left. First removes what killed runs have
 * left in the same directory.
 *
 * A stream gets the content when it is complete; until then the content is in the system's
 * temporary folder.
 *
 * @param extension The extension of the temporary file for a stream.
 */
export async function writeWhole<T>(
  target: Target,
  write: (temporary: string, folder: string) => Promise<T>,
  { extension = "", onNotice }: { extension?: string; onNotice?: (notice: string) => void } = {},
): Promise<T> {
  if (!isPath(target)) {
    return inFolder(tmpdir(), "standard-output", onNotice, async (folder) => {
      const temporary = join(folder, `whole${extension}`);
      const made = await write(temporary, folder);
      await pipeline(createReadStream(temporary), target as Writable, { end: false });
      return made;
    });
  }
  checkWritable(target);
  // A symbolic link stays; the file it points to is replaced.
  const before = statSync(target, { throwIfNoEntry: false });
  const place = before ? realpathSync(target) : resolve(target);
  return inFolder(dirname(place), basename(place), onNotice, async (folder) => {
    const temporary = join(folder, basename(place));
    const made = await write(temporary, folder);
    if (before) chmodSync(temporary, before.mode & 0o777);
    await flush(temporary, "r+");
    await rename(temporary, place);
    // The new name must be on the disk too. Windows cannot open directories.
    if (process.platform !== "win32") await flush(dirname(place), "r");
    return made;
  });
}

/** Runs `work` with a temporary folder, which is removed afterwards. */
export const inTemporaryFolder = <T>(work: (folder: string) => Promise<T>): Promise<T> =>
  inFolder(tmpdir(), "standard-input", undefined, work);

async function inFolder<T>(
  directory: string,
  target: string,
  onNotice: ((notice: string) => void) | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  for (const path of removeLeftovers(directory).foreign) {
    onNotice?.(`"${path}" is of a run on another machine; remove it if that has ended`);
  }
  const folder = join(directory, folderName(target));
  mkdirSync(folder);
  unfinished.add(folder);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    unfinished.delete(folder);
  }
}

async function flush(path: string, flags: "r" | "r+"): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
