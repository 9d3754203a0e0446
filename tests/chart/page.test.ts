/** A chart's page in a real browser: what a user sees, points at and clicks. */

import { ta } from "nodejs-polars-ta";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type Opened, pages } from "../support/page.js";
import { stock } from "../support/stocks.js";

const LAST = 200;
const SIZE = { width: 1100, height: 760 };

const bars = stock("AAPL");
const frame = bars.ta.rsi(14).ta.bbands(20).ta.macd().ta.cdl_engulfing();
const { open: openPage } = pages(SIZE);

interface Row {
  readonly date: Date;
  readonly high: number;
  readonly close: number;
  readonly rsi_14: number;
  readonly bbands_20_2_2: { readonly upper: number };
  readonly macd_12_26_9: { readonly histogram: number };
  readonly cdl_engulfing: number;
}

const open = (options: object = {}, of = frame): Promise<Opened> =>
  openPage(of.ta.chart({ last: LAST, ...options }));

/** The readouts as a user reads them, by the name before them. */
const readouts = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const entries = [...document.querySelectorAll(".entry")].flatMap((entry) => {
      const name = entry.querySelector(".name")?.textContent ?? "";
      return [...entry.querySelectorAll(".value")].map((value) => {
        const label = value.querySelector("i")?.textContent;
        return [label ? `${name} ${label}` : name, value.querySelector("b")?.textContent ?? ""];
      });
    });
    return Object.fromEntries(entries);
  });

/** How many pixels of a pane have about this colour. */
const pixels = (page: Page, color: string): Promise<number> =>
  page.evaluate((wanted) => {
    const canvas = document.querySelector("canvas") as HTMLCanvasElement;
    // A copy: reading the page's own canvas would have the browser advise against it.
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const options = { willReadFrequently: true };
    const context = copy.getContext("2d", options) as OffscreenCanvasRenderingContext2D;
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16)) as [
      number,
      number,
      number,
    ];
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const away =
        Math.abs((data[i] ?? 0) - r) +
        Math.abs((data[i + 1] ?? 0) - g) +
        Math.abs((data[i + 2] ?? 0) - b);
      if (away < 24) count++;
    }
    return count;
  }, color);

const LABELS = "#stage .legend [data-series]";
const settle = (page: Page) => page.evaluate(() => new Promise((done) => setTimeout(done, 150)));

/** The middle of a bar on the screen, counted from the first one seen. */
async function at(page: Page, bar: number, seen = LAST): Promise<{ x: number; y: number }> {
  const box = await page.locator("#stage").boundingBox();
  if (!box) throw new Error("no stage");
  return { x: box.x + 10 + ((bar + 0.5) / seen) * (box.width - 76), y: box.y + 150 };
}

describe.each(["light", "dark"] as const)("a %s page", (theme) => {
  test("loads without a word on the console and asks for nothing", async () => {
    const { page, heard } = await open({ theme });
    expect(await pixels(page, theme === "light" ? "#ffffff" : "#11151d")).toBeGreaterThan(100_000);
    expect(heard).toEqual([]);
    await page.close();
  });
});

test("the pointer reads the values of the bar under it, in all panes", async () => {
  const { page, heard } = await open();
  const offset = bars.height - LAST;
  for (const bar of [0, 57, LAST - 1]) {
    const { x, y } = await at(page, bar);
    await page.mouse.move(x, y);
    const row = frame.toRecords()[offset + bar] as unknown as Row;
    const shown = await readouts(page);
    const near = (name: string, value: number) => expect(Number(shown[name])).toBeCloseTo(value, 1);
    near("AAPL C", row.close);
    near("AAPL H", row.high);
    near("rsi_14", row.rsi_14);
    near("bbands_20_2_2 upper", row.bbands_20_2_2.upper);
    near("macd_12_26_9 histogram", row.macd_12_26_9.histogram);
    expect(shown.cdl_engulfing).toBe(String(row.cdl_engulfing));
    const day = row.date.toISOString().slice(0, 10);
    expect(await page.locator("#bar").textContent()).toContain(day);
    expect(await page.locator(".tag.date").textContent()).toContain(day);
  }
  await page.mouse.move(5, 5);
  expect(await page.locator("#bar").textContent()).toContain("2013-03-01");
  expect(heard).toEqual([]);
  await page.close();
});

test("a click on a name hides its series and shows it again", async () => {
  const { page, heard } = await open({ indicators: [{ column: "close", pane: "own" }, "rsi_14"] });
  const color = await page
    .locator(LABELS, { hasText: "rsi_14" })
    .evaluate((chip) => getComputedStyle(chip).color);
  const hex = `#${(color.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  const before = await pixels(page, hex);
  expect(before).toBeGreaterThan(200);
  const chip = page.locator(LABELS, { hasText: "rsi_14" });
  await chip.click();
  await settle(page);
  expect(await chip.getAttribute("aria-pressed")).toBe("false");
  const hidden = await pixels(page, hex);
  expect(hidden).toBeLessThan(before * 0.8);
  await chip.click();
  await settle(page);
  expect(await pixels(page, hex)).toBe(before);
  await page.locator(LABELS, { hasText: "AAPL" }).click();
  await settle(page);
  expect(heard).toEqual([]);
  await page.close();
});

test("every series of the catalog can be hidden by itself", async () => {
  const metas = ta
    .catalog()
    .filter(
      (meta, index) => meta.semantics.input_slots.every((slot) => slot.default) && index % 25 === 3,
    );
  const { page, heard } = await open({ indicators: metas.map((meta) => meta.id) }, bars);
  for (const name of await page.locator("#stage .name").all()) await name.click();
  await settle(page);
  expect(await page.locator(`${LABELS}[aria-pressed=true]`).count()).toBe(0);
  expect(heard).toEqual([]);
  await page.close();
});

test("the wheel zooms around the pointer, dragging moves, a double click shows all", async () => {
  const { page, heard } = await open({ last: 1000 });
  const bar = () => page.locator(".tag.date").textContent();
  const { x, y } = await at(page, 100);
  await page.mouse.move(x, y);
  const pointed = await bar();
  await page.mouse.wheel(0, -200);
  await settle(page);
  await page.mouse.move(x + 1, y);
  expect(await bar()).toBe(pointed);
  await page.mouse.move(x + 300, y);
  const right = await bar();
  await page.mouse.down();
  await page.mouse.move(x + 100, y, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  expect(await bar()).toBe(right);
  await page.mouse.move(100, y);
  const before = await bar();
  await page.mouse.dblclick(100, y);
  await settle(page);
  const { x: start } = await at(page, 0, 1000);
  await page.mouse.move(start, y);
  expect(await bar()).not.toBe(before);
  const [first] = bars.tail(1000).getColumn("date").toArray() as unknown as Date[];
  expect(await bar()).toContain((first as Date).toISOString().slice(0, 10));
  await page.locator("#latest").click();
  await settle(page);
  expect(heard).toEqual([]);
  await page.close();
});

test("zooming out ends with all bars, from wherever it begins", async () => {
  const { page, heard } = await open({ last: 1000 });
  const days = bars.tail(1000).getColumn("date").toArray() as unknown as Date[];
  const said = (day: Date | undefined) =>
    expect.stringContaining(day?.toISOString().slice(0, 10) ?? "?");
  const { x: first, y } = await at(page, 0, 1000);
  const { x: last } = await at(page, 999, 1000);
  const ends = async () => {
    const texts: (string | null)[] = [];
    for (const x of [first, last]) {
      await page.mouse.move(x, y);
      texts.push(await page.locator(".tag.date").textContent());
    }
    return texts;
  };
  for (const share of [0.1, 0.5, 0.9]) {
    await page.locator("#latest").click();
    // Drag the newest bars into the middle, so that half of the chart is empty.
    await page.mouse.move(900, y);
    await page.mouse.down();
    await page.mouse.move(400, y, { steps: 3 });
    await page.mouse.up();
    await page.mouse.move(first + share * (last - first), y);
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, 100);
    await settle(page);
    expect(await ends(), `${share}`).toEqual([said(days[0]), said(days.at(-1))]);
  }
  expect(heard).toEqual([]);
  await page.close();
});

test("the tags and readouts of a pointer at rest follow the chart", async () => {
  const { page, heard } = await open({ last: 1000 });
  const told = async () => ({
    price: await page.locator(".tag.price:not(.last)").textContent(),
    date: await page.locator(".tag.date").textContent(),
    ...(await readouts(page)),
  });
  const { x, y } = await at(page, 100);
  await page.mouse.move(x, y);
  let before = await told();
  const changes = [
    () => page.mouse.wheel(0, -300),
    () => page.keyboard.press("ArrowLeft"),
    () => page.keyboard.press("+"),
    () => page.mouse.dblclick(x, y),
  ];
  for (const change of changes) {
    await change();
    await settle(page);
    const after = await told();
    expect(after).not.toEqual(before);
    // The pointer leaves and comes back: it reads the same.
    await page.mouse.move(x, 2);
    await page.mouse.move(x, y);
    expect(await told()).toEqual(after);
    before = after;
  }
  await page.mouse.move(x, 2);
  await page.locator("#latest").click();
  await settle(page);
  expect(await page.locator("#bar").textContent()).toContain("2013-03-01");
  expect(heard).toEqual([]);
  await page.close();
});

interface Text {
  readonly text: string;
  readonly y: number;
}

test("no label of the axis is under the tag of the last price", async () => {
  const { page, heard } = await open({ last: 1000 });
  // Every text that is drawn on the canvas, and where.
  await page.evaluate(() => {
    const drawn: Text[] = [];
    Object.assign(window, { drawn });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (this, text, x, y, ...rest) {
      const { e, f, a } = this.getTransform();
      const edge = document.querySelector("canvas")?.clientWidth ?? 0;
      if (e / a + x > edge - 66) drawn.push({ text, y: f / a + y });
      return fillText.call(this, text, x, y, ...rest);
    };
  });
  let distances = 0;
  const { x, y } = await at(page, 0.98 * LAST);
  await page.mouse.move(x, y);
  for (let step = 0; step < 16; step++) {
    await page.mouse.wheel(0, step < 8 ? -60 : 90);
    await settle(page);
    await page.evaluate(() => (window as unknown as { drawn: Text[] }).drawn.splice(0));
    // Another width draws everything again.
    await page.setViewportSize({ ...SIZE, width: SIZE.width - 10 * (step % 2) - 5 });
    await settle(page);
    const texts = await page.evaluate(() => (window as unknown as { drawn: Text[] }).drawn);
    const tag = await page.locator(".tag.last").evaluate((tag) => ({
      hidden: (tag as HTMLElement).hidden,
      middle: (tag as HTMLElement).offsetTop,
    }));
    const labels = texts.filter(({ text }) => /^\d/.test(text));
    expect(labels.length).toBeGreaterThan(5);
    if (tag.hidden) continue;
    // A text stands on its baseline, three tenths of its size below its middle.
    const near = labels.map(({ y }) => Math.abs(y - 0.3 * 11 - tag.middle));
    // Half of the tag, and half of a digit.
    expect(Math.min(...near)).toBeGreaterThan(11.5);
    distances += Number(Math.min(...near) < 40);
  }
  expect(distances).toBeGreaterThan(0);
  expect(heard).toEqual([]);
  await page.close();
});

test("without a theme the page follows the system", async () => {
  const { page, heard } = await open();
  const shows = (color: string) => pixels(page, color);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await shows("#ffffff")).toBeGreaterThan(100_000);
  await Promise.all([page.waitForEvent("load"), page.emulateMedia({ colorScheme: "dark" })]);
  await page.waitForFunction("document.documentElement.dataset.ready === 'true'");
  expect(await shows("#11151d")).toBeGreaterThan(100_000);
  const body = await page.evaluate(() => getComputedStyle(document.documentElement).color);
  expect(body).toBe("rgb(215, 220, 229)");
  expect(heard).toEqual([]);
  await page.close();
});

test("panes share the height of the window, and the reader can move their borders", async () => {
  const metas = ta
    .catalog()
    .filter(({ visual, semantics }) =>
      [visual.pane === "separate", semantics.input_slots.every((slot) => slot.default)].every(
        Boolean,
      ),
    );
  const indicators = metas.slice(0, 12).map(({ id }) => id);
  const { page, heard } = await open({ indicators }, bars);
  const sizes = () =>
    page.evaluate(() => ({
      all: document.documentElement.scrollHeight,
      window: window.innerHeight,
      axis: (document.querySelector(".tag.date") as HTMLElement).getBoundingClientRect().bottom,
    }));
  for (const height of [SIZE.height, 900, 700]) {
    await page.setViewportSize({ ...SIZE, height });
    await settle(page);
    const { all, window, axis } = await sizes();
    expect(all).toBeLessThanOrEqual(window);
    expect(axis).toBeLessThanOrEqual(window);
    expect(axis).toBeGreaterThan(window - 40);
  }
  const tops = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".legend")].map(({ style }) =>
        Number.parseFloat(style.top),
      ),
    );
  const before = await tops();
  const box = await page.locator(".divider").first().boundingBox();
  if (!box) throw new Error("no border");
  await page.mouse.move(box.x + 200, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y - 46, { steps: 5 });
  await page.mouse.up();
  await settle(page);
  const after = await tops();
  expect(after.map((top, index) => Math.round(top - (before[index] ?? 0)))).toEqual(
    before.map((_, index) => (index === 1 ? -50 : 0)),
  );
  expect(heard).toEqual([]);
  await page.close();
});

test("text from the data is text in the page", async () => {
  const evil = '</script><script>console.log("evil")</script><b id=evil>';
  const { page, heard } = await open({
    title: evil,
    indicators: [{ column: frame.getColumn("close").name, pane: "own" }],
  });
  expect(await page.locator("#title").textContent()).toBe(evil);
  expect(await page.locator("#evil").count()).toBe(0);
  expect(heard).toEqual([]);
  await page.close();
});

test("100,000 bars can be looked through", async () => {
  const size = 100_000;
  const many = bars.select("open", "high", "low", "close", "volume").slice(0, 1000);
  const long = many.vstack(many);
  let all = long;
  while (all.height < size) all = all.vstack(all);
  const { page, heard } = await open(
    { last: size, indicators: ["rsi", "bbands"] },
    all as typeof frame,
  );
  expect(await page.locator("#note").textContent()).toMatch(
    /100,000 bars, drawn as 4,000 of 25 bars each/,
  );
  await page.locator("#all").click();
  await settle(page);
  const { x, y } = await at(page, 50);
  await page.mouse.move(x, y);
  expect(Number((await readouts(page)).rsi_14)).toBeGreaterThan(0);
  expect(heard).toEqual([]);
  await page.close();
});
