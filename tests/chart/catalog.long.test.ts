/** Every entry of the catalog can be drawn, where and as the catalog says. */

import { type IndicatorMeta, type IndicatorOutputMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { drawn, fieldsOf, type Mark, rowsOf } from "../support/drawn.js";
import { overStocks, stock } from "../support/stocks.js";

const bars = stock();
const LAST = 250;

type Plot = IndicatorMeta["visual"]["plots"][number];

/** The types of mark that a primitive may be. */
const SHAPES: Readonly<Record<Plot["primitive"], readonly string[]>> = {
  line: ["line"],
  band_edge: ["line"],
  step: ["line"],
  dots: ["symbol"],
  histogram: ["rect"],
  marker: ["symbol"],
};

/** Marks that draw a series: their places or their rows come from it. A tooltip holds everything. */
const marksFor = (marks: readonly Mark[], key: string): Mark[] =>
  marks.filter(({ from, encode }) => {
    const word = new RegExp(`\\b${key}\\b|\\b${key}_(up|down)\\b`);
    return (
      !encode.includes("tooltip") &&
      (word.test(encode) || /filter/.test(from)) &&
      word.test(from + encode)
    );
  });

interface Item {
  readonly datum?: { readonly i: number };
}

/** Pixels that the marks of one series have beside each other, and how near those left out are. */
const [WIDTH, NEAR] = [7, 12];

/** Events without a mark. Where there is no room for all, one stands for those after it. */
function lostEvents(
  { name }: IndicatorOutputMeta,
  values: readonly (number | undefined)[],
  items: readonly Item[],
): string[] {
  const plot = 724;
  const lost = [1, -1].flatMap((sign) => {
    const events = [...values.keys()].filter((i) => (values[i] ?? 0) * sign > 0);
    const at = new Set(items.map(({ datum }) => datum?.i));
    const near = events.length * WIDTH > plot ? Math.floor((NEAR / plot) * values.length) : 0;
    return events.filter((i) => ![...Array(near + 1).keys()].some((back) => at.has(i - back)));
  });
  return lost.length > 0 ? [`${name} has no mark for its events at ${lost}`] : [];
}

/** What is wrong with how an output is drawn. */
function faults(
  output: IndicatorOutputMeta,
  plot: Plot,
  pane: string,
  marks: readonly Mark[],
  values: readonly (number | undefined)[],
): string[] {
  const marker = plot.primitive === "marker";
  const present = values.filter((value) => value !== undefined && !(marker && value === 0));
  if (present.length === 0) return [];
  const shapes = SHAPES[plot.primitive];
  const own = marks.filter(({ type }) => shapes.includes(type));
  const items = own.flatMap((mark) => mark.items);
  const visible = items.filter((item) => item.defined !== false && Number.isFinite(item.y));
  const found: string[] = [];
  if (visible.length === 0)
    found.push(`${output.name} has ${present.length} values and no ${shapes}`);
  const panes = new Set(own.map((mark) => mark.pane));
  const where = plot.pane ?? pane;
  const right =
    where === "overlay"
      ? panes.has(0)
      : where === "volume"
        ? panes.has(1)
        : !panes.has(0) && !panes.has(1);
  if (!right || panes.size !== 1)
    found.push(`${output.name} is in pane ${[...panes]}, not ${where}`);
  if (marker) found.push(...lostEvents(output, values, visible));
  return found;
}

describe.each([...Map.groupBy(ta.catalog(), (meta) => meta.category)])("%s", (_, entries) => {
  test.each(entries.map((meta) => [meta.id, meta] as const))("%s", async (_id, meta) => {
    const chart = bars.ta.chart({ indicators: [overStocks(meta)], last: LAST });
    const { spec } = chart;
    const { marks, warnings, svg } = await drawn(spec);
    expect(warnings).toEqual([]);
    expect(svg.match(/.{0,40}(NaN|undefined|Infinity).{0,20}/)).toBeNull();
    const broken = rowsOf(spec)
      .flatMap((row) => Object.entries(row))
      .filter(([, value]) => value == null);
    expect(broken).toEqual([]);

    const fields = fieldsOf(spec);
    const [name] = chart.indicators;
    const rows = rowsOf(spec);
    const wrong = meta.outputs.flatMap((output, index) => {
      const key = fields.get(meta.outputs.length > 1 ? `${name} ${output.name}` : `${name}`);
      if (key === undefined) return [`${output.name} is not in the chart`];
      const values = rows.map((row) => row[key]);
      const plot = meta.visual.plots[index] as Plot;
      return faults(output, plot, meta.visual.pane, marksFor(marks, key), values);
    });
    expect(wrong).toEqual([]);

    const levels = meta.outputs.flatMap((output) => output.levels ?? []);
    const rules = marks.filter(({ type, pane }) => type === "rule" && pane > 1);
    for (const level of levels) {
      expect(
        rules.some(({ encode }) => encode.includes(`"value":${level}`)),
        `a line at ${level}`,
      ).toBe(true);
    }
  });
});

test("a chart of everything in a frame is the same every time", () => {
  const some = ta.catalog().filter((_, index) => index % 20 === 0);
  const frame = bars.withColumns(...some.map((meta) => overStocks(meta)));
  const once = JSON.stringify(frame.ta.chart({ last: 60 }).spec);
  expect(JSON.stringify(frame.ta.chart({ last: 60 }).spec)).toBe(once);
});
