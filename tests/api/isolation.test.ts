/** Several copies, several imports, several threads: each works, or says at load what is wrong. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/child.js";
import { FRAME, SMA, sentence, tree, USE } from "../support/trees.js";
import { noWasm, whyNot } from "../support/wasm.js";

const { version } = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8"));

describe("nodejs-polars", () => {
  test("one copy beside the plugin, found through a link", async () => {
    const { printed } = await tree()
      .link("nodejs-polars")
      .link("nodejs-polars-ta")
      .run(
        `import pl from "nodejs-polars"; import { ta } from "nodejs-polars-ta"; ${USE} console.log(await check(pl, ta));`,
      );
    expect(printed).toBe(SMA);
  });

  test("two copies, the user's loaded first: one sentence that names both", async () => {
    const made = tree().copyPolars().copyPlugin().copyPolars("node_modules/nodejs-polars-ta");
    for (const load of [
      `import pl from "nodejs-polars";`,
      `import { createRequire } from "node:module"; createRequire(import.meta.url)("nodejs-polars");`,
    ]) {
      const { ok, printed } = await made.run(
        `${load} await import("nodejs-polars-ta"); console.log("loaded");`,
      );
      expect(ok).toBe(false);
      const text = sentence(printed);
      expect(text).toMatch(
        /^TaError: two copies of nodejs-polars are loaded, .* install one copy for both$/,
      );
      expect(text).toContain(join(made.path, "node_modules/nodejs-polars/bin"));
      expect(text).toContain(
        join(made.path, "node_modules/nodejs-polars-ta/node_modules/nodejs-polars/bin"),
      );
    }
  });

  test("two copies, of which one is used", async () => {
    const { printed } = await tree()
      .copyPolars()
      .copyPlugin()
      .copyPolars("elsewhere")
      .run(
        `import pl from "nodejs-polars"; import { ta } from "nodejs-polars-ta"; ${USE} console.log(await check(pl, ta));`,
      );
    expect(printed).toBe(SMA);
  });

  test("none: one sentence", async () => {
    const { ok, printed } = await tree().copyPlugin().run(`await import("nodejs-polars-ta");`);
    expect(ok).toBe(false);
    expect(sentence(printed)).toMatch(
      /^TaError: nodejs-polars-ta needs nodejs-polars beside it, which is not installed; run: npm install nodejs-polars$/,
    );
  });

  test("one that has changed: one sentence with its version", async () => {
    const made = tree().copyPolars().copyPlugin();
    const file = "node_modules/nodejs-polars/bin/lazy/dataframe.js";
    const source = readFileSync(join(made.path, file), "utf8");
    made.file(file, `${source}\ndelete exports._LazyDataFrame;\n`);
    const { ok, printed } = await made.run(`await import("nodejs-polars-ta");`);
    expect(ok).toBe(false);
    expect(sentence(printed)).toMatch(
      /nodejs-polars \d+\.\d+\.\d+ is not a version that nodejs-polars-ta can extend .*_LazyDataFrame/,
    );
  });
});

describe("the plugin", () => {
  test("imported twice under different URLs", async () => {
    const { printed } = await tree()
      .link("nodejs-polars")
      .link("nodejs-polars-ta")
      .run(`
      import pl from "nodejs-polars";
      import { ta as one } from "nodejs-polars-ta";
      const url = new URL("api/ta.js", import.meta.resolve("nodejs-polars-ta"));
      const { ta: two } = await import(url + "?again");
      ${USE}
      console.log(one !== two, await check(pl, one), await check(pl, two));
    `);
    expect(printed).toBe(`true ${SMA} ${SMA}`);
  });

  test("a second copy of the same version", async () => {
    const { printed } = await tree()
      .link("nodejs-polars")
      .link("nodejs-polars-ta")
      .copyPlugin("sub")
      .link("nodejs-polars", "sub")
      .file("sub/copy.mjs", `export { ta, TaError } from "nodejs-polars-ta";`)
      .run(`
        import pl from "nodejs-polars";
        import { ta as one } from "nodejs-polars-ta";
        import { ta as two } from "./sub/copy.mjs";
        ${USE}
        console.log(one !== two, await check(pl, one), await check(pl, two));
        const mixed = ${FRAME}.select(one.sma(2).alias("a"), two.sma(2).alias("b"), one.sma(2, { series: two.sma(1) }).alias("c"));
        console.log(mixed.getColumn("a").seriesEqual(mixed.getColumn("b").alias("a"), true), mixed.getColumn("c").toArray().join());
      `);
    expect(printed).toBe(`true ${SMA} ${SMA}\ntrue ${SMA.replace("null", "")}`);
  });

  test("a second copy of another version: one sentence with both", async () => {
    const { ok, printed } = await tree()
      .link("nodejs-polars")
      .link("nodejs-polars-ta")
      .copyPlugin("sub", "9.8.7")
      .link("nodejs-polars", "sub")
      .file("sub/copy.mjs", `export { ta } from "nodejs-polars-ta";`)
      .run(`import "nodejs-polars-ta"; await import("./sub/copy.mjs");`);
    expect(ok).toBe(false);
    expect(sentence(printed)).toBe(
      `TaError: nodejs-polars-ta ${version} and 9.8.7 cannot extend the same nodejs-polars; install one of them`,
    );
  });

  describe("without its native addon", () => {
    const platform = `${process.platform}-${process.arch}`;
    const broken = () => {
      const made = tree().link("nodejs-polars").copyPlugin();
      const folder = "node_modules/nodejs-polars-ta/native";
      const addons = readdirSync(join(root, "plugin/native")).filter((file) => /node$/.test(file));
      for (const addon of addons) made.file(`${folder}/${addon}`, "no addon");
      return made;
    };

    test.each([
      ["nor WebAssembly", () => broken().file("node_modules/nodejs-polars-ta/wasm/ta.wasm", "")],
      ["where WebAssembly is not wanted", () => broken()],
    ])("%s: one sentence with the platform", async (name, made) => {
      const forbid = name.startsWith("where") ? `process.env.TA_WASM = "0"; ` : "";
      const { ok, printed } = await made().run(`${forbid}await import("nodejs-polars-ta");`);
      expect(ok).toBe(false);
      expect(sentence(printed)).toContain(`no usable native addon for ${platform}`);
    });

    test.skipIf(noWasm)(`with WebAssembly: a frame says what is missing${whyNot}`, async () => {
      const { ok, printed } = await broken().run(`
        const { ta } = await import("nodejs-polars-ta");
        const { default: pl } = await import("nodejs-polars");
        console.log(ta.compute("sma", { series: [1, 2, 3] }, { period: 2 }).value.join());
        try {
          pl.DataFrame({ close: [1, 2, 3] }).ta.sma(2);
        } catch (error) {
          console.log(String(error));
        }
      `);
      expect(ok, printed).toBe(true);
      expect(printed).toContain("NaN,1.5,2.5");
      expect(printed).toContain(
        `computing the indicators of a frame needs the native addon, and there is no usable one for ${platform}`,
      );
    });
  });
});

describe("imported before and after", () => {
  const linked = () => tree().link("nodejs-polars").link("nodejs-polars-ta");

  test("before nodejs-polars", async () => {
    const { printed } = await linked().run(
      `import { ta } from "nodejs-polars-ta"; import pl from "nodejs-polars"; ${USE} console.log(await check(pl, ta));`,
    );
    expect(printed).toBe(SMA);
  });

  test("after frames, expressions and plans were made", async () => {
    const { printed } = await linked().run(`
      import pl from "nodejs-polars";
      const df = ${FRAME};
      const [close, series, lazy] = [pl.col("close"), df.getColumn("close"), df.lazy()];
      const before = [close, series, lazy, df].map((object) => "ta" in object || object.ta !== undefined);
      const { ta } = await import("nodejs-polars-ta");
      const text = (made) => made.toArray().map(String).join();
      console.log(before.join());
      console.log(text(df.select(ta.sma(2)).toSeries()));
      console.log(text(df.select(ta(close).sma(2)).toSeries()));
      console.log(text(lazy.select(ta.sma(2)).collectSync().toSeries()));
      console.log(text(ta(lazy).sma(2).collectSync().getColumn("sma_2")));
      console.log(text(ta(series).sma(2)));
      console.log(text(ta(df).sma(2).getColumn("sma_2")));
      console.log(text(df.select(close.add(0).ta.sma(2)).toSeries()));
    `);
    expect(printed.split("\n")).toEqual(["false,false,false,false", ...Array(7).fill(SMA)]);
  });
});
