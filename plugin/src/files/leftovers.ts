/**
 * Removes temporary folders of runs that were killed. Their names contain the process and machine.
 */

import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * Identifies the machine and its process namespace, in which a process number is unique. Several
 * machines may share a folder.
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

/** A unique folder name: `.features.parquet.4711.1a2b3c4d.9f8e7d6c5b4a.tmp`. */
export const folderName = (target: string): string =>
  `.${target}.${process.pid}.${machine()}.${randomBytes(6).toString("hex")}.tmp`;

const FOLDER = /^\.(?<target>.+)\.(?<pid>\d+)\.(?<machine>[0-9a-f]{8})\.[0-9a-f]{12}\.tmp$/;

/** Folders of earlier runs. */
export interface Leftovers {
  /** Folders of ended processes, which were removed. */
  readonly removed: readonly string[];
  /** Folders of other machines, whose processes cannot be checked. */
  readonly foreign: readonly string[];
}

/** Removes the folders of ended runs in `directory`. */
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
    // A directory may be writable but not readable.
    return [];
  }
}

/** Removes a folder. Returns false if it belongs to another user who protects it. */
function remove(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

/** Whether the process of a folder has ended for certain. */
function isGone(pid: number, folder: string): boolean {
  // A folder older than this process belongs to an earlier process with the same number.
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
  // Without a birth time the last change is used: it came later.
  return (birthtimeMs || (mtimeMs ?? time)) < time;
}
