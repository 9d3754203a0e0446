/** What notebooks show of frames and Series. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import "nodejs-polars-ta/notebook";
import { afterEach, describe, expect, test, vi } from "vitest";
import { childScript, runNode } from "../support/child.js";

const DISPLAY = Symbol.for("Jupyter.display");

/** What a notebook would show. */
function bundle(value: object): Record<string, string> {
  const show = Reflect.get(value, DISPLAY) as () => Record<string, string>;
  return show.call(value);
}

/** The cells of the body, row by row, without markup. */
const cells = (frame: DataFrame): string[][] =>
  [...(ta.html(frame).split("<tbody>")[1] ?? "").matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    row
      .split("</td>")
      .slice(0, -1)
      .map((cell) => cell.replaceAll(/<[^>]*>/g, "")),
  );

afterEach(() => {
  vi.unstubAllEnvs();
});

test("a small frame, to the letter", () => {
  const df = pl.DataFrame({ name: ["a<b", null], price: [1.5, 2.25] });
  expect(ta.html(df)).toBe(
    '<table style="font-variant-numeric:tabular-nums"><thead><tr>' +
      '<th style="text-align:left">name<br><small style="opacity:0.6">str</small></th>' +
      '<th style="text-align:right">price<br><small style="opacity:0.6">f64</small></th>' +
      "</tr></thead><tbody><tr>" +
      '<td style="text-align:left">a&lt;b</td><td style="text-align:right">1.50</td></tr><tr>' +
      '<td style="text-align:left"><span style="opacity:0.4">null</span></td>' +
      '<td style="text-align:right">2.25</td></tr></tbody></table>' +
      "<small>2 rows × 2 columns</small>",
  );
  expect(bundle(df)).toEqual({
    "text/html": ta.html(df),
    "text/plain": df.toString(),
    "application/vnd.dataresource+json": {
      schema: {
        fields: [
          { name: "name", type: "string" },
          { name: "price", type: "number" },
        ],
      },
      data: [
        { name: "a<b", price: 1.5 },
        { name: null, price: 2.25 },
      ],
    },
  });
});

test("the outputs of an indicator stand below its name", () => {
  const df = pl.DataFrame({ close: [1, 2, 3] }).select(pl.col("close").ta.bbands(2), "close");
  const th = (attributes: string, name: string) =>
    `<th ${attributes}>${name}<br><small style="opacity:0.6">f64</small></th>`;
  const right = 'style="text-align:right"';
  expect(ta.html(df).split("<thead>")[1]?.split("</thead>")[0]).toBe(
    '<tr><th colspan="3" style="text-align:center">bbands_2_2_2</th>' +
      `${th(`rowspan="2" ${right}`, "close")}</tr><tr>` +
      `${th(right, "upper")}${th(right, "middle")}${th(right, "lower")}</tr>`,
  );
  expect(cells(df)).toEqual([
    ["null", "null", "null", "1"],
    ["2.5", "1.5", "0.5", "2"],
    ["3.5", "2.5", "1.5", "3"],
  ]);
  const { data } = bundle(df)["application/vnd.dataresource+json"] as never as { data: object[] };
  expect(data[1]).toEqual({
    "bbands_2_2_2.upper": 2.5,
    "bbands_2_2_2.middle": 1.5,
    "bbands_2_2_2.lower": 0.5,
    close: 2,
  });
});

test("long and wide frames are thinned, with the same decimals in both ends", () => {
  const long = pl.DataFrame({ x: Array.from({ length: 1001 }, (_, i) => i / 4) });
  const middle = ["0.00", "0.25", "0.50", "0.75", "1.00", "…"];
  const end = ["249.00", "249.25", "249.50", "249.75", "250.00"];
  expect(cells(long).flat()).toEqual([...middle, ...end]);
  expect(ta.html(long)).toContain("1,001 rows × 1 column<");
  expect(cells(long.head(10)).flat()).not.toContain("…");
  vi.stubEnv("POLARS_FMT_MAX_ROWS", "3");
  expect(cells(long).flat()).toEqual(["0.00", "0.25", "…", "250.00"]);
  vi.unstubAllEnvs();
  const wide = pl.DataFrame(
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`c${i}`, [i]])),
  );
  const [row = []] = cells(wide);
  expect(row).toHaveLength(21);
  expect([row[9], row[10], row[11]]).toEqual(["9", "…", "20"]);
});

test("every type has a text, and JSON can carry the rest", () => {
  const when = new Date("2024-01-03T10:11:12.500Z");
  const df = pl
    .DataFrame({
      at: [when, null],
      nested: [[1, 2], []],
      flag: [true, null],
      x: [Number.NaN, 1e-9],
    })
    .withColumns(
      pl.col("at").cast(pl.Date).alias("day"),
      pl.lit(9007199254740993n).alias("large"),
      pl.lit("\u001b[31mred\u001b[0m").alias("coloured"),
    );
  expect(cells(df)).toEqual([
    ["2024-01-03 10:11:12.500", "[1,2]", "true", "NaN", "2024-01-03", "9007199254740993", "red"],
    ["null", "[]", "null", "1.00e-9", "null", "9007199254740993", "red"],
  ]);
  expect(JSON.stringify(bundle(df))).not.toContain("\\u001b[");
});

test("durations read as polars prints them, in each of its units", () => {
  const few = fc.array(fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1, -1000)), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(few, fc.constantFrom(...(["ms", "us", "ns"] as const)), (counts, unit) => {
      const durations = pl.Series("d", counts, pl.Int64).cast(pl.Duration(unit));
      const [type, own = ""] = durations.toString().split("\n[\n");
      expect(durations.nullCount()).toBe(0);
      expect(type).toContain(`[duration[${unit.replace("u", "μ")}]]`);
      const lines = own.split("\n").slice(0, counts.length);
      expect(cells(durations.toFrame() as DataFrame).flat()).toEqual(lines.map((l) => l.trim()));
    }),
  );
});

test("amounts are aligned at their ends", () => {
  const at = pl.col("at");
  const df = pl
    .DataFrame({ at: [new Date(0), new Date(90_061_000)] })
    .select(at.sub(at.first()).alias("held"), pl.lit("1.5").cast(pl.Decimal(10, 2)).alias("paid"));
  const body = ta.html(df).split("<tbody>")[1];
  expect(body).toContain('<td style="text-align:right">1d 1h 1m 1s</td>');
  expect(body).toContain('<td style="text-align:right">1.50</td>');
  expect(ta.html(df)).toContain(">duration[ms]<");
});

test("values that polars gives nobody do not take the other columns with them", () => {
  const hex = pl.DataFrame({ hex: ["61ff", null], close: [1.5, 2] });
  const df = hex.select(pl.col("hex").str.decode("hex"), "close");
  expect(() => df.getColumn("hex").toArray()).toThrow("Binary");
  expect(cells(df)).toEqual([
    ["…", "1.5"],
    ["null", "2.0"],
  ]);
  expect(bundle(df)["text/html"]).toBe(ta.html(df));
});

test("nested values keep NaN and whole numbers; long texts are cut, but not in the data", () => {
  const long = "é😀".repeat(60);
  const df = pl.DataFrame({ n: [[1n, 2n]], x: [[Number.NaN, null]], long: [long] });
  const cut = `${"é😀".repeat(50)}…`;
  expect(cells(df)).toEqual([["[1,2]", "[&quot;NaN&quot;,null]", cut]]);
  const { data } = bundle(df)["application/vnd.dataresource+json"] as never as { data: object[] };
  expect(data).toEqual([{ n: "[1,2]", x: '["NaN",null]', long }]);
  vi.stubEnv("POLARS_FMT_STR_LEN", "3");
  expect(cells(df).flat().at(-1)).toBe("é😀é…");
});

test("no code that steers a terminal is left, links among them", () => {
  const link = "\u001b]8;;http://example.org\u0007here\u001b]8;;\u0007";
  const df = pl.DataFrame({ "\u001b[1mname": [link] });
  expect(cells(df)).toEqual([["here"]]);
  for (const type of ["text/html", "text/plain"]) expect(bundle(df)[type]).not.toContain("\u001b");
});

test("a field never takes the name of a column in the data", () => {
  const df = pl
    .DataFrame({ x: [1], y: [2] })
    .select(pl.struct([pl.col("x")]).alias("a"), pl.col("y").alias("a.x"));
  const { data } = bundle(df)["application/vnd.dataresource+json"] as never as { data: object[] };
  expect(data).toEqual([{ "a.x_": 1, "a.x": 2 }]);
});

test("numbers have about six digits, and small ones are not shown as zero", () => {
  const column = (values: number[]) => cells(pl.DataFrame({ values })).flat();
  expect(column([32.778355, 5])).toEqual(["32.7784", "5.0000"]);
  expect(column([48011800, 1.5])).toEqual(["48011800", "2"]);
  expect(column([0.000123456, -5e-7])).toEqual(["0.000123456", "-0.000000500"]);
  expect(column([1000, 1e-7, -0])).toEqual(["1000", "1.00e-7", "0"]);
  expect(column([1e20, Number.POSITIVE_INFINITY, -1])).toEqual(["1.00000e+20", "inf", "-1"]);
});

test("any numbers read back as what they are, to their digits", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 10 }), (values) => {
      const texts = cells(pl.DataFrame({ values: pl.Series("values", values, pl.Float64) })).flat();
      const largest = Math.max(...values.map((v) => (Math.abs(v) < 1e15 ? Math.abs(v) : 0)));
      values.forEach((value, index) => {
        const read = Number(texts[index]?.replace("inf", "Infinity"));
        const close = Math.max(largest * 1e-5, Math.abs(value) * 1e-2, largest < 1e6 ? 0 : 0.5);
        if (Number.isFinite(value)) expect(Math.abs(read - value)).toBeLessThanOrEqual(close);
        else expect(read).toBe(value);
        expect(read === 0).toBe(value === 0);
      });
    }),
  );
});

test("Series, explanations, and what is neither", () => {
  const series = pl.Series("x", [1, 2]);
  expect(Object.keys(bundle(series))).toEqual(["text/html", "text/plain"]);
  expect(ta.html(series)).toBe(bundle(series)["text/html"]);
  expect(bundle(series.head(1))["text/html"]).toContain("1 row × 1 column");
  expect(ta.html(ta.explain("sma"))).toBe(ta.explain("sma").toHTML());
  expect(() => ta.html(3 as never)).toThrow("got 3");
  expect(cells(pl.DataFrame({ x: [] as number[] }))).toEqual([]);
});

test("polars' own display takes over where this one fails", () => {
  const df = pl.DataFrame({ x: [1] });
  Object.defineProperty(df, "toString", {
    value: () => {
      throw new Error("a surprise");
    },
  });
  expect(bundle(df)["text/html"]).toBe(
    "<table><thead><tr><th>x</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
  );
});

describe("who shows frames and Series", () => {
  /** What a frame and a Series show, in a process of its own that begins with `first`. */
  async function shown(first: string): Promise<string[]> {
    const { stdout, stderr } = await runNode(
      childScript(`
        ${first}
        const { default: pl } = await import("nodejs-polars");
        const { ta } = await import("nodejs-polars-ta");
        const df = pl.DataFrame({ a: [1] });
        const html = (it) => it[Symbol.for("Jupyter.display")]?.()["text/html"];
        const ours = (it) => html(it) === ta.html(it) ? "ours" : typeof html(it);
        console.log(JSON.stringify([df, df.getColumn("a")].map(ours)));
      `),
    );
    expect(stderr).toBe("");
    return JSON.parse(stdout) as string[];
  }

  test("polars, where only the package is imported", async () => {
    expect(await shown("")).toEqual(["string", "undefined"]);
  });

  test("polars, in Deno outside of its kernel", async () => {
    const first = `globalThis.Deno = { get jupyter() { throw new Error("only in deno jupyter"); } };`;
    expect(await shown(first)).toEqual(["string", "undefined"]);
  });

  test("the package, in Deno's kernel", async () => {
    expect(await shown("globalThis.Deno = { jupyter: {} };")).toEqual(["ours", "ours"]);
  });

  test("the package, after nodejs-polars-ta/notebook is imported", async () => {
    expect(await shown(`await import("nodejs-polars-ta/notebook");`)).toEqual(["ours", "ours"]);
  });
});
