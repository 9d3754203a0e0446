/** Folders of unfinished runs, which say by their names whose they are. */

import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * The machine, or the container in it, as far as numbers of processes mean the same: a folder
 * may be shared by several.
 */
const machine = (): string =>
  createHash("sha256").update(`${hostname()} ${processSpace()}`).digest("hex").slice(0, 8);

function processSpace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** A name that no other folder has: `.features.parquet.4711.1a2b3c4d.9f8e7d6c5b4a.tmp`. */
export const folderName = (target: string): string =>
  `.${target}.${process.pid}.${machine()}.${randomBytes(6).toString("hex")}.tmp`;

const FOLDER = /^\.(?<target>.+)\.(?<pid>\d+)\.(?<machine>[0-9a-f]{8})\.[0-9a-f]{12}\.tmp$/;

/** What was found of runs that did not end. */
export interface Leftovers {
  /** Folders of processes that are gone; they have been removed. */
  readonly removed: readonly string[];
  /** Folders of other machines, of whose processes nothing is known here. */
  readonly foreign: readonly string[];
}

/** Removes folders that runs which are gone have left in `directory`. */
export function removeLeftovers(directory: string): Leftovers {
  const removed: string[] = [];
  const foreign: string[] = [];
  const here = machine();
  for (const name of namesIn(directory)) {
    const owner = FOLDER.exec(name)?.groups;
    if (owner === undefined) continue;
    const path = join(directory, name);
    if (owner.machine !== here) foreign.push(path);
    else if (isGone(Number(owner.pid), path) && remove(path)) removed.push(path);
  }
  return { removed, foreign };
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // One may write to a directory that one may not list.
    return [];
  }
}

/** Another user's folder stays where its directory lets nobody else remove it. */
function remove(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

/** Whether nobody writes to a folder any more. A process that may still do so is never gone. */
function isGone(pid: number, folder: string): boolean {
  // The number may have been another process's before, which is so if the folder is older.
  if (pid === process.pid) return madeBefore(folder, Date.now() - process.uptime() * 1000);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function madeBefore(folder: string, time: number): boolean {
  const { birthtimeMs, mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? {};
  // Where a disk keeps no birth times, the last change is as good: it came later.
  return (birthtimeMs || (mtimeMs ?? time)) < time;
}
