/** Commands that run while a test feeds and reads them. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./child.js";

const main = join(root, "plugin/command.mjs");

/** A running command. */
export class Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<{ code: number | null; signal: string | null }>;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], cwd: string) {
    const child = spawn(process.execPath, [main, ...args], { cwd });
    this.child = child;
    child.stdout.setEncoding("utf8").on("data", (text) => {
      this.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      this.stderr += text;
    });
    // A command that has ended reads nothing more.
    child.stdin.on("error", () => undefined);
    this.#ended = new Promise((done) => {
      child.on("close", (code, signal) => done({ code, signal }));
    });
  }

  /** The complete lines of standard output. */
  get lines(): string[] {
    return this.stdout.split("\n").slice(0, -1);
  }

  /** Resolves once there are so many lines of standard output, or the command has ended. */
  async printed(lines: number): Promise<void> {
    const { stdout } = this.child;
    while (this.lines.length < lines && !stdout.readableEnded) {
      await new Promise<void>((done) => {
        const more = () => {
          stdout.off("data", more).off("end", more);
          done();
        };
        stdout.on("data", more).on("end", more);
      });
    }
  }

  /** How it ended, with all that it has printed. */
  async end() {
    const ended = await this.#ended;
    return { ...ended, stdout: this.stdout, stderr: this.stderr };
  }
}
