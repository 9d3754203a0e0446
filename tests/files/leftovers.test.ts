/** What runs that were killed leave beside their output, and who removes it. */

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ta } from "nodejs-polars-ta";
import { computeFiles } from "nodejs-polars-ta/files";
import { afterEach, describe, expect, test } from "vitest";
import { folderName, removeLeftovers } from "../../plugin/dist/files/leftovers.js";
import { root, runNode } from "../support/child.js";
import { stocks, temporaryFolder, writeAny } from "../support/files.js";

const { at, list } = temporaryFolder("leftovers");
const main = join(root, "plugin/command.mjs");
writeAny(stocks(), at("bars.csv"));

const hidden = () => list().filter((name) => name.startsWith("."));
const pipeline = ta.pipeline({ over: "symbol", features: ["rsi(14)"] });
const compute = (out: string, onNotice = (_: string): void => undefined) =>
  computeFiles({ inputs: at("bars.csv"), pipeline, out: at(out), onNotice });

/** A run in many small pieces, which has begun and is not near its end. */
async function running(out: string) {
  const args = ["--indicators", "rsi, macd, bbands", "--over", "symbol,date", "--memory", "1MB"];
  const command = ["compute", "bars.csv", ...args, "--out", out, "--progress"];
  const child = spawn(process.execPath, [main, ...command], { cwd: at(".") });
  const ended = new Promise<string | null>((done) => child.on("close", (_, by) => done(by)));
  // The folder is there when the first line comes.
  await new Promise((done) => child.stderr.once("data", done));
  return { child, ended };
}

describe.skipIf(process.platform === "win32")("a run that is killed", () => {
  afterEach(() => expect(hidden()).toEqual([]));

  test("leaves a folder, which the next run of the same target removes", async () => {
    writeFileSync(at("kept.csv"), "as it was");
    const { child, ended } = await running("kept.csv");
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(hidden()).toHaveLength(1);
    expect(hidden()[0]).toContain(`.kept.csv.${child.pid}.`);
    expect(readFileSync(at("kept.csv"), "utf8")).toBe("as it was");
    const next = await runNode(
      [main, "compute", "bars.csv", "--indicators", "rsi", "--over", "symbol", "--out", "kept.csv"],
      { cwd: at(".") },
    );
    expect(next).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(at("kept.csv"), "utf8")).toMatch(/^symbol,date,/);
  });

  test("leaves a folder, which a run of another target in the place removes", async () => {
    const { child, ended } = await running("one.csv");
    child.kill("SIGKILL");
    await ended;
    expect(hidden()).toHaveLength(1);
    await compute("other.parquet");
  });

  test("while it lives, keeps its folder whatever others do", async () => {
    const { child, ended } = await running("living.csv");
    try {
      child.kill("SIGSTOP");
      const before = hidden();
      expect(before).toHaveLength(1);
      await compute("living.csv");
      expect(hidden()).toEqual(before);
    } finally {
      child.kill("SIGCONT");
      child.kill("SIGTERM");
    }
    expect(await ended).toBe("SIGTERM");
  });
});

describe("a folder", () => {
  const make = (name: string) => {
    mkdirSync(at(name));
    writeFileSync(at(join(name, "piece-0.parquet")), "a piece");
    return name;
  };
  const isThere = (name: string) => existsSync(at(name));

  test("of this process stays, unless it is older than the process", () => {
    const own = make(folderName("x.csv"));
    expect(removeLeftovers(at("."))).toEqual({ removed: [], foreign: [] });
    expect(isThere(own)).toBe(true);
  });

  test("of a process that is gone goes, with all that is in it", async () => {
    const gone = await new Promise<number>((done) => {
      const child = spawn(process.execPath, ["--eval", ""]);
      child.on("close", () => done(child.pid ?? 0));
    });
    const name = make(folderName("x.csv").replace(`.${process.pid}.`, `.${gone}.`));
    expect(removeLeftovers(at(".")).removed).toEqual([at(name)]);
    expect(isThere(name)).toBe(false);
  });

  test("of another machine stays, and is named", async () => {
    const name = make(folderName("x.csv").replace(/\.[0-9a-f]{8}\./, ".00000000."));
    expect(removeLeftovers(at("."))).toEqual({ removed: [], foreign: [at(name)] });
    const notices: string[] = [];
    await compute("out.parquet", (notice) => notices.push(notice));
    expect(notices).toEqual([
      `"${at(name)}" is of a run on another machine; remove it if that has ended`,
    ]);
    expect(isThere(name)).toBe(true);
  });

  test("that is somebody else's is not looked at", () => {
    const names = [".cache.tmp", ".x.csv.tmp", ".x.csv.1.abc.tmp", ".x.csv.99999999.tmp"].map(make);
    const old = new Date("2020-01-01");
    for (const name of names) utimesSync(at(name), old, old);
    expect(removeLeftovers(at(".")).removed).toEqual([]);
    expect(names.every(isThere)).toBe(true);
  });
});
