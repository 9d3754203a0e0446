/** The entry for Arrow stands alone: it loads, and compiles, where nodejs-polars is not installed. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/child.js";
import { sentence, type Tree, tree } from "../support/trees.js";

/** An installation of the plugin beside some packages. */
const installed = (...packages: string[]): Tree => {
  const made = tree().copyPlugin();
  for (const name of packages) made.link(name);
  return made;
};

const USE = `
  import { tableFromArrays, Vector } from "apache-arrow";
  import { ta } from "nodejs-polars-ta/arrow";
  const table = tableFromArrays({ close: Float64Array.of(1, 2, 4, 3, 5, 8) });
  const made = ta.compute(table, ["sma(2)"]).getChild("sma_2");
  console.log([...ta.sma(table, 2)].map(String).join(), made instanceof Vector, made.get(5));
`;

describe("the entry for Arrow", () => {
  test("works without nodejs-polars", async () => {
    const { printed } = await installed("apache-arrow").run(`${USE}
      const polars = await import("nodejs-polars-ta").catch((error) => error.name);
      console.log(polars);
    `);
    expect(printed.split("\n")).toEqual(["null,1.5,3,3.5,4,6.5 true 6.5", "TaError"]);
  });

  test("beside the main one in one process", async () => {
    const { printed } = await installed("apache-arrow", "nodejs-polars").run(`${USE}
      import pl from "nodejs-polars";
      import "nodejs-polars-ta";
      const df = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8] });
      console.log(df.getColumn("close").ta.sma(2).toArray().map(String).join());
    `);
    expect(printed.split("\n")).toEqual(["null,1.5,3,3.5,4,6.5 true 6.5", "null,1.5,3,3.5,4,6.5"]);
  });

  test("without apache-arrow: one sentence", async () => {
    const { ok, printed } = await installed().run(`await import("nodejs-polars-ta/arrow");`);
    expect(ok).toBe(false);
    expect(sentence(printed)).toMatch(
      /^TaError: nodejs-polars-ta\/arrow needs apache-arrow beside it, and cannot load it: Cannot find package 'apache-arrow'/,
    );
  });
});

describe("its types", () => {
  const CONSUMER = `
    import { type Bool, type Float64, type Int32, type Struct, tableFromArrays, type Vector } from "apache-arrow";
    import { type Info, ta } from "nodejs-polars-ta/arrow";

    type Output = Float64 | Int32 | Bool;
    const table = tableFromArrays({ close: Float64Array.of(1, 2, 3) });
    const close = table.getChild("close")!;
    const vector: Vector<Output> = ta.rsi(table, 14);
    const bands: Vector<Struct<{ upper: Output; middle: Output; lower: Output }>> = ta.bbands(close, 20, 2, 2, "ema");
    const upper: Vector<Output> | null = bands.getChild("upper");
    const info: Info = ta.info();
    ta.atr(table, { period: 14, over: "symbol", high: close, low: 3 });
    ta.atr(close, 14, { high: close, low: close, over: [close] });
    ta.crossup(table, "close", 70);
    ta.crossup(close, close, { missing: "error" });
    ta.compute(table, ["rsi(14)", { id: "sma", inputs: { series: { id: "rsi" } } }], { over: ["symbol"], keep: true });
    ta.macd(table.batches[0]!);
    console.log(vector, upper, info);
    // @ts-expect-error: a table has no such parameter
    ta.rsi(table, { perid: 14 });
    // @ts-expect-error: a vector has no columns
    ta.atr(close, { high: "high", low: close });
    // @ts-expect-error: the vector fills it
    ta.rsi(close, { series: close });
    // @ts-expect-error: a table or a vector comes first
    ta.rsi(14);
    // @ts-expect-error: there is no such output
    bands.getChild("lowest");
  `;

  test("need none of nodejs-polars", { timeout: 120_000 }, () => {
    const made = installed("apache-arrow", "@types/node")
      .file("main.ts", CONSUMER)
      .file("package.json", '{ "type": "module" }');
    const options = "--noEmit --strict --target ES2022 --module NodeNext --types node".split(" ");
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const compile = (...more: string[]) =>
      spawnSync(process.execPath, [tsc, ...options, ...more], {
        cwd: made.path,
        encoding: "utf8",
      }).stdout;
    expect(compile("--skipLibCheck", "main.ts")).toBe("");
    // Without skipLibCheck, other packages may complain, but nothing of this one.
    const ours = (said: string) => said.split("\n").filter((line) => /nodejs-polars/.test(line));
    expect(ours(compile("main.ts"))).toEqual([]);
    made.file("main.ts", `import { ta } from "nodejs-polars-ta"; console.log(ta);`);
    expect(ours(compile("main.ts"))).not.toEqual([]);
  });
});
