/** Draws events: marks at the bars, or dots at the bottom of a pane. */

import { field, has, type Json, type Layer, type Style } from "./layer.js";
import type { Pane, Placed } from "./layout.js";

/** Distance of a mark from its bar in pixels; marks of several series are stacked. */
const away = (slot: number): number => 9 + 9 * slot;

/** Pixels that the marks of a pane need above and below its values. */
export function roomForMarks({ kind, series }: Pane): number {
  const marks = series.filter(({ primitive }) => primitive === "marker").length;
  return kind === "price" && marks > 0 ? away(marks - 1) + 5 : 0;
}

/** The width of a mark, and the distance of marks where they are thinned, in pixels. */
const MARK = 7;
const ROOM = 8;

/**
 * Where marks at neighbouring bars cover each other by more than half, and marks at this share of
 * the bars do not fit beside each other, draws only the first of those that are near. Which ones
 * they are does not change while the reader moves.
 */
function thin(key: string, share: number, { apart }: Style): Json[] {
  const most = Math.min(share * MARK, MARK / 2);
  if (typeof apart === "number" && apart >= most) return [];
  const each = `(${apart} < ${most} ? pow(2, ceil(log(${ROOM} / ${apart}) / LN2)) : 1)`;
  const before = `${key}_before`;
  const first = `datum.${before} < floor(datum.i / ${each}) * ${each}`;
  return [
    // The mark before; the first has none but itself.
    {
      window: [{ op: "first_value", field: "i", as: before }],
      frame: [-1, 0],
      sort: [{ field: "i" }],
    },
    { filter: `datum.${before} == datum.i || ${first}` },
  ];
}

/** Marks at the bars: upward ones below, downward ones above. The role decides for flags. */
export function onBars(series: Placed, slot: number, style: Style): Layer[] {
  const { key, color, output } = series;
  const { theme, shown, low, high } = style;
  const mark = { type: "point", clip: true, filled: true, size: 42, opacity: shown([key], 0.95) };
  const marks = (sign: 1 | -1, at: string, yOffset: number, shape: string, color: string) => {
    if (!style.has(key, sign)) return [];
    const test = { filter: sign > 0 ? `datum.${key} > 0` : `datum.${key} < 0` };
    const layer: Layer = {
      transform: [test, has(at), ...thin(key, style.share(key, sign), style)],
      mark: { ...mark, shape, color, yOffset },
      encoding: { y: field(at) },
    };
    return [layer];
  };
  if (output.dtype !== "Boolean") {
    return [
      ...marks(1, low, away(slot), "triangle-up", theme.up),
      ...marks(-1, high, -away(slot), "triangle-down", theme.down),
    ];
  }
  if (output.role === "upper") return marks(1, high, -away(slot), "triangle-down", color);
  return marks(1, low, away(slot), output.role === "lower" ? "triangle-up" : "diamond", color);
}

/** Marks in a separate pane: a row of dots at its bottom for each series. */
export function onFloor(series: Placed, slot: number, count: number, style: Style): Layer[] {
  const { key, color } = series;
  const y = style.above(5 + 6 * (count - 1 - slot));
  return [
    {
      transform: [has(key), { filter: `datum.${key} != 0` }],
      mark: {
        type: "point",
        clip: true,
        filled: true,
        shape: "circle",
        size: 16,
        color,
        opacity: style.shown([key], 0.95),
      },
      encoding: { y: { value: y } },
    },
  ];
}
