/** Where the data lies between polars and the kernels: in arrays, in memory with a path, or in files. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { childScript, runNode } from "../support/child.js";
import { EXCHANGES, expectTaken, isSame, select, taken, traced } from "../support/exchanges.js";
import { frame } from "../support/formulas.js";
import { tidy } from "../support/gc.js";
import { refusal } from "../support/refusals.js";

const folder = mkdtempSync(join(tmpdir(), "ta-exchange-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());
// Memory that is kept has been made where an earlier test said.
beforeEach(() => addon.release());

const features = () => [
  pl.col("close").ta.sma(3),
  ta.atr(2).over("symbol"),
  ta.bbands(4),
  pl.col("close").ta.crossup("open"),
  pl.col("open").ta.ema(2).ta.rsi(3),
  ta.cdl_engulfing(),
];

const expected = frame().select(...features());

/** The files of the exchange in the directory of temporary files. */
const files = () => readdirSync(folder).filter((name) => name.startsWith("ta-exchange"));

/** Looks into the directory of temporary files as long as `work` takes. */
async function filesDuring(work: Promise<unknown>): Promise<Set<string>> {
  const seen = new Set<string>();
  let pending = true;
  const ended = work.finally(() => {
    pending = false;
  });
  while (pending) {
    for (const name of files()) seen.add(name);
    await new Promise(setImmediate);
  }
  await ended;
  return seen;
}

describe("each way", () => {
  test.each(EXCHANGES)("$name is taken, and gives the same", async (exchange) => {
    const [made, traces] = await select(frame(), features(), exchange);
    expect(isSame(made, expected)).toBe(true);
    // One evaluation for each level of nesting.
    expect(traces).toHaveLength(2);
    expectTaken(traces, { ...taken(exchange), rows: 12, rounds: 1 });
    expect(traces.map(({ indicators, groups }) => [indicators, groups])).toEqual([
      [6, ["rows"]],
      [1, []],
    ]);
  });

  test.each(EXCHANGES)("$name tells where the time went", async (exchange) => {
    const [, [first]] = await select(frame(), features(), exchange);
    const parts = new Map(first?.times);
    const inputs = taken(exchange).inputs === "arrays" ? "copy inputs" : "write inputs";
    for (const part of [inputs, "plan", "groups", "compute", "read results", "ta kernels"]) {
      expect([...parts.keys()]).toContain(part);
    }
    for (const spent of parts.values()) expect(spent).toBeGreaterThanOrEqual(0);
  });

  test("is up to the columns: those that only the addon can judge are written", async () => {
    const decimals = frame().withColumns(pl.col("close").cast(pl.Decimal(12, 4)));
    const exchange = { name: "", forced: "arrays", isAsync: false } as const;
    const [made, traces] = await select(decimals, [pl.col("close").ta.sma(3)], exchange);
    expectTaken(traces, { inputs: "file", results: "bytes" });
    expect(made.getColumn("sma_3").toArray()).toEqual(
      frame().select(pl.col("close").ta.sma(3)).toSeries().toArray(),
    );
  });
});

describe("files", () => {
  test("lie in the directory of temporary files, and are gone when released", async () => {
    vi.stubEnv("TMPDIR", folder);
    const [seen] = await traced(async () => {
      frame().select(...features());
      return filesDuring(
        frame()
          .lazy()
          .select(...features())
          .collect(),
      );
    }, "file");
    expect([...seen]).not.toEqual([]);
    addon.release();
    await tidy();
    expect(files()).toEqual([]);
  });

  test.runIf(process.platform === "linux").each(["arrays", "memory", undefined])(
    "are not needed with %s",
    async (forced) => {
      vi.stubEnv("TMPDIR", folder);
      const [seen] = await traced(
        () =>
          filesDuring(
            frame()
              .lazy()
              .select(...features())
              .collect(),
          ),
        forced,
      );
      expect([...seen]).toEqual([]);
    },
  );

  test("are gone after an error too", async () => {
    vi.stubEnv("TMPDIR", folder);
    const text = ta.atr({ period: 2, high: "symbol" });
    await traced(async () => {
      expect(refusal(() => frame().select(text))).toContain('"symbol"');
      await expect(frame().lazy().select(text).collect()).rejects.toThrow('"symbol"');
      await expect(frame().lazy().select(pl.col("nowhere").ta.sma(2)).collect()).rejects.toThrow();
    }, "file");
    addon.release();
    await tidy();
    expect(files()).toEqual([]);
  });

  test.each(["", "process.exit();", "setTimeout(() => process.exit());"])(
    "are gone when the process ends: %s",
    async (end) => {
      const source = `
      import pl from "nodejs-polars";
      import { ta } from "nodejs-polars-ta";
      const df = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8] });
      console.log(df.select(ta.sma(2)).height, (await df.lazy().select(ta.ema(2)).collect()).height);
      ${end}
    `;
      const own = mkdtempSync(join(folder, "own-"));
      const env = { TA_EXCHANGE: "file", TMPDIR: own };
      const { stdout, stderr } = await runNode(childScript(source), { env });
      expect([stdout, stderr]).toEqual(["6 6\n", ""]);
      expect(readdirSync(own)).toEqual([]);
    },
  );

  test("without a directory for them it is an error, not a wrong result", () => {
    vi.stubEnv("TA_EXCHANGE", "file");
    vi.stubEnv("TMPDIR", join(folder, "nowhere"));
    expect(() => frame().select(ta.atr(2))).toThrow(/region|directory|file/i);
  });

  test("of another name is refused", () => {
    vi.stubEnv("TA_EXCHANGE", "pigeon");
    expect(() => frame().select(ta.atr(2))).toThrow(/"memory" or "file", got "pigeon"/);
  });
});

test.runIf(process.platform === "linux").each(["memory", "file"])(
  "descriptors do not run out while frames grow: %s",
  { timeout: 120_000 },
  async (forced) => {
    const source = `
      import { readdirSync } from "node:fs";
      import pl from "nodejs-polars";
      import { ta } from "nodejs-polars-ta";
      const close = Float64Array.from({ length: 20_000 }, (_, row) => row % 17);
      let most = 0;
      for (let rows = 10; rows < 8_000; rows += 10) {
        const df = pl.DataFrame({ close: close.subarray(0, rows) });
        if (df.select(ta.sma(3), ta.ema(5)).height !== rows) throw new Error("not all rows");
        if (rows % 100 === 0) most = Math.max(most, readdirSync("/proc/self/fd").length);
      }
      console.log(most);
    `;
    const env = { TA_EXCHANGE: forced, TMPDIR: folder };
    const { code, stdout, stderr } = await runNode(childScript(source), { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // Some are kept for the next evaluation, and some wait for the garbage collector.
    expect(Number(stdout)).toBeLessThan(200);
  },
);
