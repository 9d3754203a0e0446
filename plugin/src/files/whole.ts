/** Files that appear whole or not at all. */

import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { open, rename } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { TaError } from "../errors.js";

/** Folders of runs that have not ended. */
const unfinished = new Set<string>();

/** Removes what unfinished runs have written: for a process that is about to be ended. */
export function discardUnfinished(): void {
  for (const folder of unfinished) rmSync(folder, { recursive: true, force: true });
}

/** Refuses a path that cannot be written to, before there is any work. */
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

/**
 * Makes the file `path`: `write` gets a path to write to and a folder for what it needs on
 * the way, beside each other and on the disk of `path`. The file takes its name when it is
 * complete and on the disk; whatever was there before stays until then. If anything fails,
 * nothing is left.
 */
export async function writeWhole<T>(
  path: string,
  write: (temporary: string, folder: string) => Promise<T>,
): Promise<T> {
  checkWritable(path);
  // A link stays one: what it leads to is replaced.
  const before = statSync(path, { throwIfNoEntry: false });
  const place = before ? realpathSync(path) : resolve(path);
  const name = basename(place);
  const folder = join(dirname(place), `.${name}.${randomBytes(6).toString("hex")}.tmp`);
  mkdirSync(folder);
  unfinished.add(folder);
  try {
    const temporary = join(folder, name);
    const made = await write(temporary, folder);
    if (before) chmodSync(temporary, before.mode & 0o777);
    await flush(temporary, "r+");
    await rename(temporary, place);
    // That it has its name is on the disk as well; Windows opens no directories.
    if (process.platform !== "win32") await flush(dirname(place), "r");
    return made;
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
