/** The buttons of a page, and how bars and conditions can be drawn. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { drawn, fieldsOf, rowsOf } from "../support/drawn.js";
import { type Opened, pages, settle } from "../support/page.js";
import { refusal } from "../support/refusals.js";
import { stock } from "../support/stocks.js";

const bars = stock("AAPL");
const { empty, folder, open: openPage } = pages();

const open = (options: object = {}): Promise<Opened> =>
  openPage(bars.ta.chart({ indicators: ["rsi"], ...options }));

describe("a page", () => {
  test("shows a range of time at a click", async () => {
    const { page, heard } = await open();
    const first = async () => {
      await page.mouse.move(12, 200);
      return (await page.locator(".tag.date").textContent()) ?? "";
    };
    // The last bar is of 2013-03-01.
    for (const [name, day] of [
      ["1M", "2013-02-01"],
      ["6M", "2012-09-04"],
      ["YTD", "2013-01-02"],
      ["1Y", "2012-03-01"],
    ] as const) {
      await page.locator("#ranges button", { hasText: name }).click();
      await settle(page);
      expect(await first()).toContain(day);
    }
    expect(heard).toEqual([]);
    await page.close();
  });

  test("has no ranges that are longer than its bars, or without times", async () => {
    const names = async (options: object) => {
      const { page } = await open(options);
      const texts = await page.locator("#ranges button").allTextContents();
      await page.close();
      return texts;
    };
    expect(await names({ last: 60 })).toEqual(["1M", "YTD"]);
    const path = join(folder, "numbered.html");
    await bars.drop("date").ta.chart().save(path);
    const page = await empty();
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction("document.documentElement.dataset.ready === 'true'");
    expect(await page.locator("#ranges button").count()).toBe(0);
    await page.close();
  });

  test("is copied or saved as a picture with its readouts", async () => {
    const { page, heard } = await open({ last: 100 });
    const copied = await page.evaluate(async () => {
      const written: Blob[] = [];
      const write = async ([item]: ClipboardItem[]) => {
        written.push((await item?.getType("image/png")) as Blob);
      };
      Object.defineProperty(navigator, "clipboard", { value: { write }, configurable: true });
      document.getElementById("copy")?.click();
      while (written.length === 0) await new Promise((done) => setTimeout(done, 20));
      const picture = await createImageBitmap(written[0] as Blob);
      const canvas = document.querySelector("canvas") as HTMLCanvasElement;
      const pixels = (source: CanvasImageSource) => {
        const copy = new OffscreenCanvas(canvas.width, 30);
        const context = copy.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(source, 0, 0);
        return [...context.getImageData(0, 0, canvas.width, 30).data];
      };
      const [there, plain] = [pixels(picture), pixels(canvas)];
      return {
        same: picture.width === canvas.width && picture.height === canvas.height,
        // The readouts are not on the page's own canvas.
        differ: there.filter((value, index) => value !== plain[index]).length,
      };
    });
    expect(copied.same).toBe(true);
    expect(copied.differ).toBeGreaterThan(500);
    await expect.poll(() => page.locator("#copy").textContent()).toBe("Copied");
    const download = page.waitForEvent("download");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
      document.getElementById("copy")?.click();
    });
    expect((await download).suggestedFilename()).toBe("AAPL.png");
    expect(heard).toEqual([]);
    await page.close();
  });
});

describe("bars", () => {
  // A rule at each bar is for the pointer.
  test.each([
    ["ohlc", { rule: 240, rect: 0, area: 0 }],
    ["candles", { rule: 120, rect: 60, area: 0 }],
    ["line", { rule: 60, rect: 0, area: 0 }],
    ["area", { rule: 60, rect: 0, area: 1 }],
  ] as const)("are drawn as %s", async (style, wanted) => {
    const { marks, warnings } = await drawn(
      bars.ta.chart({ style, last: 60, volume: false, indicators: [] }).spec,
    );
    expect(warnings).toEqual([]);
    const count = (type: string) =>
      marks
        .filter((mark) => mark.type === type && mark.from.includes("isValid"))
        .reduce((sum, mark) => sum + mark.items.length, 0);
    expect({ rule: count("rule"), rect: count("rect"), area: Math.min(1, count("area")) }).toEqual(
      wanted,
    );
  });

  test("need their prices", () => {
    expect(refusal(() => bars.drop("low").ta.chart({ style: "ohlc" }))).toMatch(
      /^chart: style: "ohlc" needs open, high, low and close/,
    );
  });
});

const PRICES = ["open", "high", "low", "close"] as const;
const transforms = ta
  .catalog()
  .filter(({ outputs }) => outputs.map(({ name }) => name).join() === PRICES.join())
  .map(({ aliases: [name = ""], display_name }) => ({
    style: name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
    display_name,
  }));

describe.each(transforms)("bars of the style $style", ({ style, display_name }) => {
  const options = { style, last: 60 } as { style: "candles"; last: number };
  const made = (frame: typeof bars) =>
    (frame.ta as unknown as Record<string, () => typeof bars>)[style]?.() as typeof bars;

  test("have the prices that the method of that name makes of all bars", async () => {
    const { spec } = bars.ta.chart(options);
    const expected = made(bars).tail(60).toRecords() as Record<string, number>[];
    const rows = rowsOf(spec);
    expect(rows.length).toBe(60);
    for (const [index, row] of rows.entries()) {
      for (const price of PRICES) expect(row[price]).toBeCloseTo(expected[index]?.[price] ?? 0, 3);
      expect(row.volume).toBe(expected[index]?.volume);
    }
    const { marks } = await drawn(spec);
    expect(marks.filter(({ type }) => type === "rect").map(({ items }) => items.length)).toContain(
      60,
    );
  });

  test("are named in the readout, whose indicators and tag have the prices that were traded", async () => {
    const chart = bars.ta.chart({ ...options, indicators: ["sma(3)"] });
    const key = fieldsOf(chart.spec).get("sma_3") as string;
    const means = bars.ta.sma(3).getColumn("sma_3").tail(60).toArray() as number[];
    expect(rowsOf(chart.spec).map((row) => row[key])).toEqual(
      means.map((mean) => Number(mean.toPrecision(8))),
    );
    const svg = await chart.toSVG();
    expect(svg).toContain(`>AAPL ${display_name}<`);
    const close = bars.getColumn("close").toArray().at(-1) as number;
    expect(svg).toContain(`>${close.toFixed(2)}<`);
  });

  test("read the columns that the options name, and need them all", () => {
    const renamed = bars.rename({ close: "Adj Close" });
    const chart = renamed.ta.chart({ ...options, close: "Adj Close" });
    expect(rowsOf(chart.spec)).toEqual(rowsOf(bars.ta.chart(options).spec));
    expect(refusal(() => bars.drop("low").ta.chart(options))).toMatch(
      /^chart: style: "\w+" needs open, high, low and close; the frame has only open, high, close/,
    );
  });
});

test("some bars are made by indicators", () => {
  expect(transforms.length).toBeGreaterThan(0);
});

describe("conditions", () => {
  const flagged = bars.withColumns(
    pl.col("close").gt(pl.col("open")).alias("up"),
    pl.col("close").lt(pl.col("open")).alias("down"),
  );

  test("in a column are marks by its name alone", () => {
    const chart = flagged.ta.chart({ indicators: ["up"], last: 50 });
    expect(chart.indicators).toEqual(["up"]);
    const [price] = chart.spec.vconcat as unknown[];
    expect(JSON.stringify(price)).toContain('"shape":"diamond"');
  });

  test("are arrows to buy below and to sell above the bars", async () => {
    const indicators = [
      { column: "up", mark: "buy" as const },
      { column: pl.col("close").ta.rsi(14).lt(pl.lit(40)).alias("hot"), mark: "sell" as const },
    ];
    const { spec } = flagged.ta.chart({ indicators, last: 50, theme: "light" });
    const [price] = spec.vconcat as { layer: { transform?: { filter?: string }[] }[] }[];
    const fields = fieldsOf(spec);
    const layer = (name: string) =>
      JSON.stringify(
        price?.layer.find(
          ({ transform }) => transform?.[0]?.filter === `datum.${fields.get(name)} > 0`,
        ),
      );
    expect(layer("up")).toMatch(/"shape":"triangle-up","color":"#12876f".*"field":"low"/);
    expect(layer("hot")).toMatch(/"shape":"triangle-down","color":"#d43f4b".*"field":"high"/);
  });

  test("only conditions have such marks", () => {
    expect(
      refusal(() => bars.ta.chart({ indicators: [{ column: "close", mark: "buy" }] })),
    ).toMatch(/^chart: mark is for conditions, but "close" has numbers; draw a comparison/);
    expect(
      refusal(() => bars.ta.chart({ indicators: [{ column: "up", mark: "hold" as never }] })),
    ).toMatch(/mark must be "buy" or "sell", got "hold"/);
  });
});
