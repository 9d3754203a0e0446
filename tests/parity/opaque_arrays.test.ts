/** Values cross JavaScript as whole arrays, which nothing there looks into: seen by a spy and by the compiler. */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { bars, frameOf, ROWS, usualInputs } from "../support/bars.js";
import { root } from "../support/child.js";
import { expectTaken, isSame, traced } from "../support/exchanges.js";
import { opened, sealArrays, sealed } from "../support/sealed.js";

describe("to a spy", () => {
  // Buffers that are kept were not sealed when they were made.
  beforeEach(() => addon.release());
  afterEach(() => {
    vi.restoreAllMocks();
    addon.release();
  });

  const frame = frameOf(bars(ROWS)).withColumns(
    pl.col("session").modulo(3).alias("mixed"),
    pl.col("close").cast(pl.Int64).alias("whole"),
  );
  const exprs = () => [
    ...ta.catalog().map((meta) => ta.indicator(meta.id, {}, usualInputs(meta)).alias(meta.id)),
    ta.rsi(3).over("session").alias("runs"),
    pl.col("volume").ta.ema(3).over(pl.col("volume").gt(5000)).alias("rows"),
    pl.col("whole").ta.sma(2).ta.sma(3).over("mixed", "session").alias("nested"),
  ];

  test.each(["sync", "async"])("the whole catalog over a frame, %s", async (way) => {
    const work = () =>
      way === "sync"
        ? frame.select(...exprs())
        : frame
            .lazy()
            .select(...exprs())
            .collect();
    const wanted = await work();
    addon.release();
    const crossings = sealArrays();
    const [made, traces] = await traced(work);
    vi.restoreAllMocks();
    expectTaken(traces, { inputs: "arrays", results: "bytes" });
    expect(new Set(traces.flatMap(({ groups }) => groups))).toEqual(new Set(["runs", "rows"]));
    expect(isSame(made, wanted)).toBe(true);
    // Whatever polars gave went to the addon, and the other way round.
    expect(crossings.fromPolars).toBeGreaterThan(5);
    expect(crossings.toAddon + crossings.copied).toBe(crossings.fromPolars);
    expect(crossings.toPolars).toBe(traces.reduce((sum, { rounds }) => sum + rounds, 0));
  });

  test("every direct call over long arrays", () => {
    const long = frameOf(bars(10_000));
    for (const meta of ta.catalog()) {
      const columns = Object.entries(usualInputs(meta)).map(
        ([slot, name]) =>
          [slot, Float64Array.from(long.getColumn(name).toArray() as number[])] as const,
      );
      const wanted = ta.compute(meta.id, Object.fromEntries(columns));
      const crossings = sealArrays();
      const blind = columns.map(([slot, array]) => [slot, sealed(array)] as const);
      const made = Object.entries(ta.compute(meta.id, Object.fromEntries(blind)));
      vi.restoreAllMocks();
      // The arrays for the results go there as well.
      expect(crossings.toAddon).toBe(columns.length + meta.outputs.length);
      const equal = made.every(([name, array]) => {
        const [a, b] = [opened(array), wanted[name] as Float64Array];
        return a !== array && Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
      });
      expect([meta.id, made.length, equal]).toEqual([meta.id, meta.outputs.length, true]);
    }
  });

  test("a look would be noticed", () => {
    const array = sealed(Float64Array.of(1, 2, 3));
    const looks: (() => unknown)[] = [
      () => array[0],
      () => array.at(-1),
      () => [...array],
      () => array.map((value) => value + 1),
      () => Float64Array.from(array),
      () => new Float64Array(array.buffer),
      () => Object.values(array),
      () => 0 in array,
      () => JSON.stringify(array),
      () => Math.max(...array),
      () => sealed(Buffer.from("abc")).subarray(1, 2)[0],
      () => {
        array[0] = 1;
      },
    ];
    for (const look of looks) expect(look, String(look)).toThrow("values are looked into");
    expect([array.length, array instanceof Float64Array]).toEqual([3, true]);
  });
});

const bytesOf = (array: Float64Array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

describe("to the compiler", () => {
  const folder = mkdtempSync(join(tmpdir(), "ta-opaque-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Arrays without elements: what may be done with them as a whole. */
  const OPAQUE = `
    interface Opaque { readonly length: number }
    declare class OpaqueNumbers implements Opaque {
      constructor(values?: number | OpaqueNumbers);
      // A piece of WebAssembly's memory.
      constructor(memory: ArrayBuffer, at: number, length: number);
      readonly length: number;
      fill(value: number): OpaqueNumbers;
      set(values: Opaque, at?: number): void;
      slice(from: number, to: number): OpaqueNumbers;
      subarray(from: number, to?: number): OpaqueNumbers;
      // What a caller hands over may hold other things than numbers: each is made one.
      static from(values: Opaque, convert: (value: unknown) => number): OpaqueNumbers;
    }
    interface OpaqueBytes extends Opaque { subarray(from: number, to: number): OpaqueBytes }
  `;

  /** The plugin's code with such arrays in the place of all others. */
  const blindfolded = (code: string) =>
    code
      .replace(/\b(?:Float64|Uint32)Array\b/g, "OpaqueNumbers")
      .replace(/\bArrayLike<number>/g, "Opaque")
      // What polars reads a file from is handed to it whole.
      .replace("file: string | Uint8Array", "file: string | OpaqueBytes")
      .replace(/(?<!")\bBuffer\b(?![."])/g, "OpaqueBytes");

  /**
   * The check of bars and the splits of labelled rows look at times of polars, streams write single bars and read single rows, and the ends of files,
   * unpacked files and the arguments of a plugin expression are bytes: nothing is computed from those.
   */
  const SEEING =
    /^(?:check|live|bars\/(?:folds|spans|split|uniqueness)\.ts|core\/streams\.ts|files\/(?:ends|unpack)\.ts|polars\/pickle\.ts)/;

  /** What the compiler says about the plugin, with a file more. */
  function compile(more = "export {};"): string {
    cpSync(join(root, "plugin/src"), join(folder, "src"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    for (const name of readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })) {
      const path = join(folder, "src", name);
      if (name.endsWith(".ts") && !SEEING.test(name))
        writeFileSync(path, blindfolded(readFileSync(path, "utf8")));
    }
    writeFileSync(join(folder, "src/opaque.d.ts"), OPAQUE);
    writeFileSync(join(folder, "src/more.ts"), blindfolded(more));
    const imports = { "#addon": "./src/core/platform/node.ts" };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports }));
    const compilerOptions = { noEmit: true, paths: {}, rootDir: "src" };
    const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: ["src"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const ended = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    return ended.stdout + ended.stderr;
  }

  test("all of the plugin does without elements", { timeout: 120_000 }, () => {
    expect(compile()).toBe("");
  });

  test("and what needs one is an error", { timeout: 120_000 }, () => {
    const peeks = [
      "(a: Float64Array) => a[0]",
      "(a: Float64Array, i: number) => a[i]! * 2",
      "(a: Float64Array) => a.map((v) => v)",
      "(a: Float64Array) => [...a]",
      "(a: Float64Array) => Math.max(...a)",
      "(a: Uint32Array) => { for (const row of a) console.log(row); }",
      "(a: Buffer) => a.readDoubleLE(0)",
      "(a: ArrayLike<number>) => a[0]",
      "(a: Float64Array) => a.reduce((sum, v) => sum + v, 0)",
      "(a: Float64Array) => a.buffer",
    ];
    const said = compile(peeks.map((peek, i) => `export const peek${i} = ${peek};`).join("\n"));
    const lines = said.match(/src\/more\.ts\((\d+),/g)?.map((at) => Number(/\d+/.exec(at)?.[0]));
    expect([...new Set(lines)]).toEqual(peeks.map((_, index) => index + 1));
  });
});
