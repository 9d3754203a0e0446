/** Several symbols in one chart, as changes in percent. */

import fc from "fast-check";
import pl from "nodejs-polars";
import "nodejs-polars-ta";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { drawn, fieldsOf, rowsOf } from "../support/drawn.js";
import { pages, settle } from "../support/page.js";
import { refusal } from "../support/refusals.js";
import { runs } from "../support/runs.js";
import { stock, stocks } from "../support/stocks.js";

const all = stocks();
const { open: openPage } = pages();

const plain = { style: "line", volume: false, indicators: [] } as const;
const day = (date: unknown) => (date as Date).toISOString().slice(0, 10);

const closes = new Map<string, Map<string, number>>();
for (const symbol of ["AAPL", "FB", "IBM", "MSFT"]) {
  const { date, close } = stock(symbol).toObject() as unknown as { date: Date[]; close: number[] };
  closes.set(symbol, new Map(date.map((one, index) => [day(one), close[index] as number])));
}

/** The closes of a symbol by day. */
const closesOf = (symbol: string) => closes.get(symbol) as Map<string, number>;

/** Where the lines of the closes are, in pixels from the top, by bar. */
async function linesOf(spec: object): Promise<(number | undefined)[][]> {
  const { marks, warnings } = await drawn(spec as never);
  expect(warnings).toEqual([]);
  const lines = marks.filter(({ type, pane }) => type === "line" && pane === 0);
  return lines.map(({ items }) =>
    items.map((item) => (item.defined === false ? undefined : (item.y as number))),
  );
}

describe("the bars", () => {
  test("may be one, at which all symbols are the same", async () => {
    for (const scale of ["linear", "log"] as const) {
      const options = { ...plain, symbol: "AAPL", last: 1, scale, compare: ["IBM", "MSFT"] };
      const [own, ...others] = await linesOf(all.ta.chart(options).spec);
      expect(own).toHaveLength(1);
      for (const line of others) expect(line[0]).toBeCloseTo(own?.[0] as number, 6);
    }
  });

  test("have the closes of the other symbols at the same times, in their own order", () => {
    const dates = [...closesOf("AAPL").keys()];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: dates.length }),
        fc.subarray(["FB", "IBM", "MSFT"], { minLength: 1 }),
        (last, compare) => {
          const from = dates.length - last;
          const known = compare.filter((name) =>
            dates.slice(from).some((date) => closesOf(name).has(date)),
          );
          const options = { ...plain, symbol: "AAPL", last, maxBars: 10_000 };
          const { spec } = all.ta.chart({ ...options, compare: known });
          const rows = rowsOf(spec);
          const own = rowsOf(all.ta.chart(options).spec);
          expect(rows.map(({ close }) => close)).toEqual(own.map(({ close }) => close));
          const keys = ["c0", "c1", "c2"].slice(0, known.length);
          for (const [index, key] of keys.entries()) {
            const closes = closesOf(known[index] as string);
            expect(rows.map((row) => row[key])).toEqual(
              dates.slice(from).map((date) => closes.get(date)),
            );
          }
        },
      ),
      { numRuns: runs(20) },
    );
  });

  test("of a multiple of the prices have the same line, on either scale", async () => {
    const multiple = fc.double({ min: 0.001, max: 1000, noNaN: true });
    const scale = fc.constantFrom("linear", "log");
    const few = stock("IBM").tail(50);
    await fc.assert(
      fc.asyncProperty(multiple, scale, async (times, scale) => {
        const other = few.withColumns(
          pl.lit("other").alias("symbol"),
          pl.col("close").mul(times).alias("close"),
        );
        const options = { ...plain, symbol: "IBM", compare: ["other"], scale } as const;
        const [own = [], beside = []] = await linesOf(few.vstack(other).ta.chart(options).spec);
        expect(own.length).toBe(50);
        expect(new Set(own).size).toBeGreaterThan(30);
        for (const [index, y] of own.entries()) expect(beside[index]).toBeCloseTo(y as number, 2);
      }),
      { numRuns: runs(20) },
    );
  });

  test("that another symbol lacks leave no gap in its line", async () => {
    const few = stock("IBM").tail(30);
    const lacks = stock("MSFT")
      .tail(30)
      .withRowIndex("n")
      .filter(pl.col("n").mul(7).gt(50).or(pl.col("n").lt(4)))
      .drop("n");
    const both = few.vstack(lacks.select(...few.columns));
    const { spec } = both.ta.chart({ ...plain, symbol: "IBM", compare: ["MSFT"] });
    const values = rowsOf(spec).map(({ c0 }) => c0);
    expect(values.slice(0, 10).map((value) => value !== undefined)).toEqual(
      [...Array(10).keys()].map((n) => n < 4 || n * 7 > 50),
    );
    const [, beside = []] = await linesOf(spec);
    expect(beside.length).toBe(lacks.height);
    expect(beside).not.toContain(undefined);
  });
});

describe("a picture", () => {
  test("has labels in percent, where the changes are", async () => {
    for (const scale of ["linear", "log"] as const) {
      const chart = all.ta.chart({ ...plain, symbol: "AAPL", compare: ["FB"], last: 250, scale });
      const { svg } = await drawn(chart.spec);
      const texts = svg.matchAll(/translate\(6,([\d.]+)\)"[^>]*opacity="1"[^>]*>([^<]+%)</g);
      const labels = [...texts].map(([, y, label = ""]) => ({
        y: Number(y),
        percent: Number(label.replace("−", "-").replace("%", "")),
      }));
      expect(labels.length).toBeGreaterThan(4);
      const [own = []] = await linesOf(chart.spec);
      const closes = rowsOf(chart.spec).map(({ close }) => close as number);
      const base = closes[0] as number;
      const place = (change: number) => (scale === "log" ? Math.log(change) : change);
      const at = (percent: number) => {
        // The place follows from those of the lowest and the highest close.
        const [low, high] = [Math.min(...closes), Math.max(...closes)];
        const [foot, head] = [low, high].map((close) => own[closes.indexOf(close)] as number);
        const share =
          (place(1 + percent / 100) - place(low / base)) / (place(high / base) - place(low / base));
        return (foot as number) + share * ((head as number) - (foot as number));
      };
      for (const { y, percent } of labels) expect(Math.abs(y - at(percent))).toBeLessThan(5);
      expect(labels.map(({ percent }) => percent)).toContain(0);
    }
  });

  test("says the changes of the last bar", async () => {
    const options = { ...plain, symbol: "AAPL", compare: ["IBM", "FB"], from: "2012-01" };
    const chart = all.ta.chart(options);
    expect(chart.indicators).toEqual([]);
    expect(String(chart)).toMatch(/^Chart of AAPL compared with IBM, FB: 291 bars from 2012-01-03/);
    const svg = await chart.toSVG();
    for (const [symbol, first] of [
      ["AAPL", "2012-01-03"],
      ["IBM", "2012-01-03"],
      // Its first day.
      ["FB", "2012-05-18"],
    ] as const) {
      const closes = closesOf(symbol);
      const change = (closes.get("2013-03-01") ?? 0) / (closes.get(first) ?? 0) - 1;
      expect(Math.abs(change)).toBeLessThan(1);
      const text = `${change > 0 ? "+" : ""}${(change * 100).toFixed(2)}%`;
      expect(svg, symbol).toContain(`>${text}<`);
      expect(svg).toContain(`>${symbol}<`);
    }
  });

  test("says large changes shorter, and none without a sign", async () => {
    const frame = pl.DataFrame({
      date: ["2024-01-02", "2024-01-03", "2024-01-02", "2024-01-03", "2024-01-02", "2024-01-03"],
      symbol: ["a", "a", "b", "b", "c", "c"],
      close: [100, 100, 10, 35.678, 50, 0.01],
    });
    const svg = await frame.ta.chart({ symbol: "a", compare: ["b", "c"] }).toSVG();
    for (const text of ["0.00%", "+256.8%", "-99.98%"]) expect(svg).toContain(`>${text}<`);
  });

  test("without other symbols is as before", () => {
    const options = { symbol: "AAPL", last: 50 };
    expect(all.ta.chart({ ...options, compare: [] }).spec).toEqual(all.ta.chart(options).spec);
  });

  test("has the changes in the tooltips of a notebook", async () => {
    const { spec } = all.ta.chart({ ...plain, symbol: "AAPL", compare: ["IBM"], last: 50 });
    expect(fieldsOf(spec).get("AAPL")).toBe("close_change");
    const { marks } = await drawn(spec);
    const [rule] = marks.filter(({ encode }) => encode.includes("tooltip"));
    const last = rule?.items.at(-1) as { tooltip?: Record<string, string> };
    const closes = closesOf("IBM");
    const dates = [...closesOf("AAPL").keys()].slice(-50);
    const [first, end] = [dates[0], dates.at(-1)].map((date) => closes.get(date as string) ?? 0);
    const text = `${(((end as number) / (first as number) - 1) * 100).toFixed(2)}%`;
    expect(last.tooltip?.IBM?.replace(/^[+]/, "")).toBe(text);
  });
});

describe("a page", () => {
  const read = (page: Page) =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll(".entry")].map((entry) => [
          entry.querySelector(".name")?.textContent ?? "",
          [...entry.querySelectorAll(".value b")].at(-1)?.textContent ?? "",
        ]),
      ),
    );

  test("counts changes from the first bar in sight, wherever that is", async () => {
    const chart = all.ta.chart({ symbol: "AAPL", compare: ["IBM", "MSFT"], indicators: [] });
    const { page, heard } = await openPage(chart);
    const dayAt = async (x: number) => {
      await page.mouse.move(x, 300);
      return ((await page.locator(".tag.date").textContent()) ?? "").slice(-10);
    };
    const names = ["AAPL", "IBM", "MSFT"];
    const starts = new Set<string>();
    for (const range of ["1Y", "6M", "YTD"]) {
      await page.locator("#ranges button", { hasText: range }).click();
      await settle(page);
      const first = await dayAt(12);
      starts.add(first);
      for (const x of [12, 300, 700, 1030]) {
        const now = await dayAt(x);
        const shown = await read(page);
        for (const name of names) {
          const of = closesOf(name);
          const percent = ((of.get(now) ?? 0) / (of.get(first) ?? 0) - 1) * 100;
          expect(shown[name], `${name} ${first} ${now}`).toMatch(/^[+-]?\d+\.\d\d%$/);
          expect(Number.parseFloat(shown[name] ?? "")).toBeCloseTo(percent, 1);
        }
      }
    }
    expect(starts.size).toBe(3);
    expect(heard).toEqual([]);
    await page.close();
  });

  test("has tags in percent, and hides a symbol at a click, so that the scale fits the others", async () => {
    const chart = all.ta.chart({ ...plain, symbol: "AAPL", compare: ["FB"], last: 300 });
    const { page, heard } = await openPage(chart);
    await page.locator("#all").click();
    await settle(page);
    const low = async () => {
      await page.mouse.move(400, 630);
      const text = (await page.locator(".tag.price:not(.last)").textContent()) ?? "";
      expect(text).toMatch(/%$/);
      return Number.parseFloat(text);
    };
    expect(await page.locator(".tag.last").textContent()).toMatch(/^[+-]\d+\.\d\d%$/);
    // FB fell by half; AAPL has never been much below its first close.
    expect(await low()).toBeLessThan(-45);
    await page.locator(".legend .name", { hasText: "FB" }).click();
    await settle(page);
    expect(await low()).toBeGreaterThan(-10);
    await page.locator("#logarithmic").click();
    await settle(page);
    expect(await low()).toBeGreaterThan(-10);
    expect(heard).toEqual([]);
    await page.close();
  });
});

test("what cannot be compared is refused in one sentence", () => {
  const of = (options: object, frame = all) =>
    refusal(() => frame.ta.chart({ symbol: "AAPL", ...options }));
  expect(of({ compare: "IBM" })).toBe('chart: compare must be an array of symbols, got "IBM"');
  expect(of({ compare: ["IBN"] })).toMatch(
    /^chart: there is no symbol "IBN"; the frame has "AAPL"/,
  );
  expect(of({ compare: ["AAPL"] })).toMatch(/compare has "AAPL", which the chart draws itself/);
  expect(of({ compare: ["FB", "IBM", "FB"] })).toBe('chart: compare has "FB" twice');
  expect(of({ compare: ["FB"], to: "2010" })).toMatch(/"FB", which has no bar at a time/);
  expect(of({ compare: ["FB"] }, all.drop("date"))).toMatch(/compare needs times/);
  expect(
    refusal(() =>
      stock()
        .drop("symbol")
        .ta.chart({ compare: ["FB"] }),
    ),
  ).toMatch(/there is no column "symbol"; say which one it is with by/);
  const less = (symbol: string) =>
    all.withColumn(
      pl
        .when(pl.col("symbol").eq(pl.lit(symbol)))
        .then(pl.col("close").sub(10_000))
        .otherwise(pl.col("close"))
        .alias("close"),
    );
  expect(of({ compare: ["FB"] }, less("AAPL"))).toMatch(
    /^chart: compare needs prices above 0, but column "close" has -9/,
  );
  expect(of({ compare: ["FB"] }, less("FB"))).toMatch(
    /^chart: compare needs prices above 0, but "FB" has a close of -9/,
  );
});
