/** CSV files of other countries and programs: separators, decimal commas, words for nothing. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { type ComputeFilesOptions, computeFiles } from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { expectFrame, readAny, temporaryFolder } from "../support/files.js";
import { refusedWork } from "../support/refusals.js";
import { runs } from "../support/runs.js";

const { at, list } = temporaryFolder("dialect");
const pipeline = ta.pipeline({ features: ["sma(2)"] });

const run = (input: string, more: Partial<ComputeFilesOptions> = {}) =>
  computeFiles({ inputs: at(input), pipeline, out: at("out.parquet"), ...more });

const refusal = (work: () => Promise<unknown>) => refusedWork(list, work);

/** What the rows of a text should be read as. */
async function expectCloses(close: (number | null)[]): Promise<void> {
  const wanted = pipeline.apply(pl.DataFrame({ close }, { schema: { close: pl.Float64 } }));
  expectFrame(readAny(at("out.parquet")).select("close", "sma_2"), wanted);
}

describe("numbers with a decimal comma", () => {
  test("are read, whatever stands between the columns", async () => {
    for (const separator of [";", "\t", "|"]) {
      const rows = ["day", "close"].join(separator);
      const lines = ["1,5", "-2,25", "3", "1e3", ""].map((text, i) => `d${i}${separator}${text}`);
      writeFileSync(at("comma.csv"), [rows, ...lines].join("\n"));
      const told = separator === ";" ? {} : { separator };
      await run("comma.csv", { decimalComma: true, ...told });
      await expectCloses([1.5, -2.25, 3, 1000, null]);
    }
  });

  test("are read back as they were written, to the last bit", async () => {
    // Whole numbers beyond 64 bits are texts to polars, however they are written.
    const numbers = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const close = values.map((value) => value + 0);
        const lines = close.map((value) => `x;${String(value).replace(".", ",")}`);
        // Near the beginning of a file numbers are told by their looks.
        writeFileSync(at("random.csv"), ["day;close", "x;0,5", ...lines].join("\n"));
        await run("random.csv", { decimalComma: true });
        await expectCloses([0.5, ...close]);
      }),
      { numRuns: runs(40) },
    );
  });

  test("have no point, which may have been meant for thousands", async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => `x;${i},5`);
    for (const [value, row] of [
      ["1.234", 2],
      ["1.234,5", 2],
      ["1.234", 12_002],
    ] as const) {
      const lines = row === 2 ? ["x;1,5", `x;${value}`] : ["x;1,5", ...many, `x;${value}`];
      writeFileSync(at("point.csv"), ["day;close", ...lines].join("\n"));
      expect(await refusal(() => run("point.csv", { decimalComma: true }))).toBe(
        `TaError: "${at("point.csv")}" has "${value}" in row ${row} of column "close": a number is needed; with decimalComma no point may be in it; if "." stands between thousands, say so with thousands: "."`,
      );
    }
  });

  test("are refused where nobody has said so, with what to say", async () => {
    writeFileSync(at("unsaid.csv"), "day;close\na;1,5\nb;2,5\n");
    expect(await refusal(() => run("unsaid.csv"))).toBe(
      `TaError: "${at("unsaid.csv")}" has one column, "day;close"; say what stands between columns with separator: ";"`,
    );
    expect(await refusal(() => run("unsaid.csv", { separator: ";" }))).toMatch(
      /has "1,5" in row 1 of column "close": a number is needed; if that comma is a decimal point, say so with decimalComma: true$/,
    );
    expect(await refusal(() => run("unsaid.csv", { separator: ",", decimalComma: true }))).toMatch(
      /a comma cannot stand both between columns and in numbers/,
    );
  });
});

describe("words for nothing", () => {
  test("are missing values, all of them", async () => {
    writeFileSync(at("null.csv"), "day,close\na,1.5\nb,n/a\nc,-\nd,2.5\n");
    await run("null.csv", { nullValue: ["n/a", "-"] });
    await expectCloses([1.5, null, null, 2.5]);
    expect(await refusal(() => run("null.csv", { nullValue: "-" }))).toMatch(
      /has "n\/a" in row 2 of column "close": a number is needed; if it stands for a missing one, say so with nullValue: "n\/a"$/,
    );
  });
});

test.each([
  [{ separator: ";;" }, /separator must be one character/],
  [{ separator: "a" }, /separator must be one character/],
  [{ separator: 3 }, /separator must be one character/],
  [{ nullValue: "" }, /nullValue must be texts that are not empty, got ""/],
  [{ decimalComma: "yes" }, /decimalComma must be true or false, got "yes"/],
  [{ format: "xls" }, /format must be one of csv, tsv/],
  [{ outFormat: "xls" }, /outFormat must be one of csv, tsv/],
])("%j is refused", async (options, sentence) => {
  writeFileSync(at("plain.csv"), "close\n1\n2\n");
  expect(await refusal(() => run("plain.csv", options as never))).toMatch(sentence);
});

describe("the command says the same in its own words", () => {
  const cli = (...args: string[]) =>
    runNode([join(root, "plugin/command.mjs"), "compute", ...args], { cwd: at(".") });
  const rest = ["--indicators", "sma(2)", "--out", "cli.csv"];

  test("one flag after the other leads to the numbers", async () => {
    writeFileSync(at("eu.csv"), "day;close\na;1,5\nb;n/a\nc;2,5\nd;3,5\n");
    const says = async (...flags: string[]) => (await cli("eu.csv", ...rest, ...flags)).stderr;
    expect(await says()).toMatch(/ with --separator ';'\n$/);
    expect(await says("--separator", ";")).toMatch(/ say so with --decimal-comma\n$/);
    expect(await says("--decimal-comma")).toMatch(/ say so with --null-value n\/a\n$/);
    const flags = ["--decimal-comma", "--null-value", "n/a", "--null-value", "-", "--quiet"];
    expect(await cli("eu.csv", ...rest, ...flags)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readAny(at("cli.csv")).getColumn("sma_2").toArray()).toEqual([null, null, 2, 3]);
  });

  test("a tab may be written as shells let one", async () => {
    writeFileSync(at("tabs.csv"), "day\tclose\na\t1.5\nb\t2.5\n");
    for (const tab of ["\t", "\\t", "tab"]) {
      const { code, stderr } = await cli("tabs.csv", ...rest, "--separator", tab, "--quiet");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
    const wrong = await cli("tabs.csv", ...rest, "--separator", "tabs");
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^--separator must be one character/);
  });
});
