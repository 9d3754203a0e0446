/** What the plugin does to programs that use polars and no `.ta`: it formats none of their expressions. */

import { describe, expect, test } from "vitest";
import { childScript, runNode } from "../support/child.js";

/** Counts how often polars prints an expression from here on, then imports the plugin. */
const COUNTED = `
import { createRequire } from "node:module";
import pl from "nodejs-polars";
const require = createRequire(process.cwd() + "/x.js");
const { default: native } = require("nodejs-polars/bin/internals/polars_internal");
let printed = 0;
const { toString } = native.JsExpr.prototype;
native.JsExpr.prototype.toString = function () {
  printed += 1;
  return toString.call(this);
};
const { ta } = await import("nodejs-polars-ta");
const df = pl.DataFrame({ symbol: ["a", "a", "b", "b"], close: [1, 2, 4, 3] });
async function contexts(expr) {
  df.select(expr, pl.all().suffix("_x"));
  df.withColumns(expr.alias("x"), expr.over("symbol").alias("y"));
  df.filter(expr.gt(1));
  df.sort(expr);
  df.groupBy("symbol").agg(expr.sum());
  df.join(df.select("symbol", "close"), { on: "symbol" });
  df.pivot("close", { index: "symbol", on: "symbol", aggregateFunc: "last" });
  await df.lazy().withColumn(expr.alias("x")).filter(expr.gt(0)).select(expr).collect();
}
const count = async (work) => {
  const before = printed;
  await work();
  return printed - before;
};
`;

async function run(source: string): Promise<unknown> {
  const { code, stdout, stderr } = await runNode(childScript(COUNTED + source));
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe("a program without .ta", () => {
  test("has no expression printed, whatever it does with polars", async () => {
    const counts = await run(`
      const plain = await count(() => contexts(pl.col("close")));
      const read = pl.Expr.deserialize(pl.col("close").add(1).serialize("json"), "json");
      const deserialized = await count(() => contexts(read));
      const asked = await count(() => String(pl.col("close")));
      console.log(JSON.stringify({ plain, deserialized, asked }));
    `);
    expect(counts).toEqual({ plain: 0, deserialized: 0, asked: 1 });
  });

  test("has them looked at from the first .ta expression on", async () => {
    const counts = await run(`
      const before = await count(() => contexts(pl.col("close")));
      ta.sma(2);
      const expr = pl.col("close").add(1);
      const first = await count(() => df.select(expr));
      const again = await count(() => df.select(expr));
      console.log(JSON.stringify({ before, first, again }));
    `);
    // Once for each expression, however often it is used.
    expect(counts).toEqual({ before: 0, first: 1, again: 0 });
  });
});

describe("an expression that another process has made", () => {
  const made = async (format: "json" | "bincode"): Promise<string> => {
    const source = `
      import pl from "nodejs-polars";
      import "nodejs-polars-ta";
      const expr = pl.col("close").ta.sma(2).add(1).alias("x");
      console.log(expr.serialize("${format}").toString("base64"));
    `;
    return (await runNode(childScript(source))).stdout.trim();
  };

  test.each(["json", "bincode"] as const)(
    "is found where nothing else is .ta (%s)",
    async (format) => {
      const bytes = await made(format);
      const values = await run(`
      const expr = pl.Expr.deserialize(Buffer.from("${bytes}", "base64"), "${format}");
      console.log(JSON.stringify(df.select(expr).getColumn("x").toArray()));
    `);
      expect(values).toEqual([null, 2.5, 4, 4.5]);
    },
  );
});
