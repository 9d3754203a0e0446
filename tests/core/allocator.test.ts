/** The allocator of the host process is left alone, unless it is tuned: then it keeps the pages of results. */

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childScript, root, runNode } from "../support/child.js";

/** Whether this Node runs on glibc, the allocator that can be told to keep pages. */
const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
const glibc = header.glibcVersionRuntime !== undefined;

const FRAME = (rows: number) => `
  import pl from "nodejs-polars";
  import { ta } from "nodejs-polars-ta";
  import { addon } from "./plugin/dist/core/addon.js";
  const rows = ${rows};
  const close = Float64Array.from({ length: rows }, (_, row) => 100 + ((row * 7919) % 1013) / 8);
  const df = pl.DataFrame({ close, high: close.map((x) => x + 1), low: close.map((x) => x - 1) });
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const tidy = async () => {
    for (let pass = 0; pass < 4; pass++) { gc(); await pause(1); }
  };
`;

describe.runIf(glibc)("what is asked of the allocator", { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "ta-allocator-"));
  const library = join(folder, "watch.so");
  beforeAll(async () => {
    const source = join(root, "tests/support/watch-allocator.rs");
    const options = ["-O", "--edition=2021", "--crate-type=cdylib", "-o", library, source];
    await promisify(execFile)("rustc", options);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a process that computes in every way asks, of which `first` is the first thing that it does. */
  async function asked(first: string): Promise<string[]> {
    const source = `${FRAME(2_000_000)}
      ${first};
      const exprs = () => [ta.sma(20), ta.macd(), ta.atr(14)];
      for (let round = 0; round < 3; round++) {
        df.select(...exprs());
        await df.lazy().select(...exprs()).collect();
        ta.compute("sma", { series: close });
        await tidy();
      }
      addon.release();
      await pause(50);
    `;
    const args = ["--expose-gc", ...childScript(source)];
    const { code, stdout, stderr } = await runNode(args, { env: { LD_PRELOAD: library } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    return stderr.split("\n").filter(Boolean);
  }

  test("is nothing", async () => {
    expect(await asked("")).toEqual([]);
  });

  test("is four settings, and large pages for the reserve, when it is tuned", async () => {
    const settings = Array(4).fill("mallopt");
    expect(await asked("ta.tune({ reserve: 0 })")).toEqual(settings);
    expect(await asked("ta.tune()")).toEqual([...settings, "madvise of the heap"]);
  });
});

describe.runIf(glibc)("repeated calls", { timeout: 120_000 }, () => {
  /** Pages that the system had to provide for each of some calls. */
  async function faults(rows: number, exprs: string): Promise<number[]> {
    const source = `${FRAME(rows)}
      const counts = [];
      for (let round = 0; round < 9; round++) {
        await tidy();
        const before = process.resourceUsage().minorPageFault;
        const made = df.select(...${exprs});
        counts.push(process.resourceUsage().minorPageFault - before);
        if (made.height !== rows) counts.push(NaN);
      }
      console.log(JSON.stringify(counts.slice(4).sort((a, b) => a - b)));
    `;
    const { code, stdout, stderr } = await runNode(["--expose-gc", ...childScript(source)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as number[];
  }

  /**
   * Pages of the allocator's heap that are in memory before and after each of the last five calls, when
   * they change no more or after sixty calls. Of other pages V8's compiler and collector need some in
   * every call, more or less by what else the machine does.
   */
  async function heap(rows: number, exprs: string): Promise<number[]> {
    const source = `${FRAME(rows)}
      import { readFileSync } from "node:fs";
      ta.tune();
      const pages = () => {
        const mapped = readFileSync("/proc/self/smaps", "latin1").split(/\\n(?=[0-9a-f]+-[0-9a-f]+ )/);
        const kilobytes = mapped
          .filter((one) => /^.*\\[heap\\]/.test(one))
          .map((one) => Number(/^Rss: *(\\d+) kB/m.exec(one)[1]));
        return kilobytes.reduce((sum, one) => sum + one, 0) / 4;
      };
      const seen = [];
      const last = () => seen.slice(-10);
      for (let call = 0; call < 60 && (call < 9 || new Set(last()).size > 1); call++) {
        await tidy();
        seen.push(pages());
        const made = df.select(...${exprs});
        seen.push(made.height === rows ? pages() : NaN);
      }
      console.log(JSON.stringify(last()));
    `;
    const { code, stdout, stderr } = await runNode(["--expose-gc", ...childScript(source)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as number[];
  }

  const CALLS: [what: string, rows: number, exprs: string, columns: number][] = [
    ["a small one", 50_000, "[ta.macd(), ta.rsi(14), ta.atr(14)]", 8],
    ["one column", 1_000_000, "[ta.sma(20)]", 2],
    ["several outputs", 1_000_000, "[ta.macd()]", 4],
    ["several indicators", 1_000_000, "[ta.sma(5), ta.rsi(14), ta.macd(), ta.atr(14)]", 9],
    // More than what glibc ever keeps by itself.
    ["large columns", 5_000_000, "[ta.sma(20), ta.rsi(14)]", 3],
  ];

  test.each(CALLS)(
    "%s: in a tuned process results are written to pages that are there",
    async (_, ...args) => {
      const [rows, exprs, columns] = args;
      const [pages = Number.NaN, ...others] = await heap(rows, exprs);
      expect(others).toEqual(Array(9).fill(pages));
      expect(pages).toBeGreaterThan((columns * 8 * rows) / 4096);
    },
  );

  test("in another one the allocator does as it always does", async () => {
    const [least = 0] = await faults(5_000_000, "[ta.sma(20), ta.rsi(14)]");
    // Two columns of results, that are mapped each.
    expect(least).toBeGreaterThan((2 * 8 * 5_000_000) / 4096 / 600);
  });
});

test.each(["tuned", "as it is"])(
  "any sizes, in several threads at once, %s",
  { timeout: 120_000 },
  async (how) => {
    const script = join(root, "tests/support/allocator-threads.mjs");
    const { code, stdout, stderr } = await runNode([script, how]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [main, ...threads] = JSON.parse(stdout) as string[];
    expect(JSON.parse(main ?? "")).toHaveLength(20);
    expect(threads).toEqual([main, main, main]);
  },
);
