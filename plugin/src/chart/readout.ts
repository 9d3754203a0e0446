/** The readout at the top of a pane: names and values of its series. */

import { type Drawing, plotWidth } from "./drawing.js";
import type { Json } from "./layer.js";
import { byGroup, type Pane, type Placed } from "./layout.js";
import type { Bars } from "./rows.js";
import type { Bases } from "./scales.js";
import { FONT, THEMES, type Theme } from "./theme.js";
import { percentText, valueText } from "./ticks.js";

/** One value of a readout. */
export interface Value {
  /** The field of the rows with the value. */
  readonly field: string;
  /** The series that a click on the value hides. */
  readonly key: string;
  readonly label: string;
  readonly color: string;
  /** Whether it is read as a change in percent. */
  readonly percent?: true;
}

/** A group of values that is hidden and shown together: an indicator, or the bars. */
export interface Entry {
  readonly title: string;
  readonly values: readonly Value[];
}

const LETTERS = { open: "O", high: "H", low: "L", close: "C" } as const;

/** The entries of a pane. */
export function entriesOf(
  pane: Pane,
  about: {
    readonly title: string;
    readonly candles: boolean;
    readonly theme: Theme;
    readonly compared: boolean;
  },
): Entry[] {
  const entries: Entry[] = [];
  const { text } = about.theme;
  if (pane.kind === "price") {
    const prices = about.candles ? Object.entries(LETTERS) : [["close", "C"] as const];
    const values: Value[] = prices.map(([field, label]) => ({
      ...{ field, label },
      key: "price",
      color: text,
    }));
    if (about.compared)
      values.push({ field: "close", label: "", key: "price", color: text, percent: true });
    entries.push({ title: about.title || "Price", values });
  }
  if (pane.volume) {
    const value = { field: "volume", key: "volume", label: "", color: about.theme.faint };
    entries.push({ title: "Volume", values: [value] });
  }
  for (const series of byGroup(pane.series)) {
    const [{ group = "" } = {}] = series;
    entries.push({ title: group, values: series.map(valueFor) });
  }
  return entries;
}

const valueFor = ({ key, color, field, compared }: Placed): Value => ({
  field: key,
  key,
  label: field,
  color,
  ...(compared && { percent: true }),
});

/** The last value of a field. */
export function lastValue({ rows }: Bars, field: string): number | undefined {
  return rows.findLast((row) => row[field] !== undefined)?.[field];
}

export const SIZE = 11;

export const LINE = SIZE + 5;

const changeText = (value: number | undefined, name: string, { base, factors }: Bases): string =>
  percentText(value === undefined ? value : value * (factors[name] ?? 1), base);

interface Piece {
  readonly text: string;
  readonly color: string;
  readonly left: number;
  readonly top: number;
  readonly bold: boolean;
}

/** Approximate width of a text in pixels, with the gap after it. */
const widthOf = (text: string, bold: boolean): number =>
  text.length * SIZE * (bold ? 0.66 : 0.58) + 7;

/**
 * Places names and last values from the left, on as many lines as they need. A name stays with its
 * only value.
 */
export function readoutOf(
  { bars, entries, theme, width, bases }: Drawing,
  index: number,
): { readonly pieces: readonly Piece[]; readonly lines: number } {
  const pieces: Piece[] = [];
  let [left, lines] = [4, 1];
  const put = (text: string, color: string, bold = false, after = "") => {
    const wide = widthOf(text, bold);
    const whole = after === "" ? wide : wide + widthOf(after, false);
    if (left > 4 && left + whole > plotWidth(width)) [left, lines] = [4, lines + 1];
    pieces.push({ text, color, left, top: 4 + LINE * (lines - 1), bold });
    left += wide;
  };
  for (const { title, values } of entries[index] ?? []) {
    const texts = values.map(({ field: name, label, percent }) => {
      const last = lastValue(bars, name);
      const text = percent ? changeText(last, name, bases) : valueText(last);
      return `${label} ${text}`.trimStart();
    });
    const [only] = values.length === 1 ? values : [];
    put(title, only?.color ?? theme.text, true, only && texts[0]);
    for (const [at, { color }] of values.entries()) put(texts[at] ?? "", color);
    left += 10;
  }
  return { pieces, lines };
}

/** The colour of texts on the background that a front end chooses. */
const ON_BACKGROUND: Json = {
  expr: `background && luminance(background) < 0.4 ? "${THEMES.dark.text}" : "${THEMES.light.text}"`,
};

export function readoutLayers(drawing: Drawing, index: number): Json[] {
  const { theme, follows } = drawing;
  const { pieces } = readoutOf(drawing, index);
  const text = {
    type: "text",
    align: "left",
    baseline: "top",
    fontSize: SIZE,
    font: FONT,
    fontWeight: { expr: "datum.bold ? 600 : 400" },
  };
  const encoding = {
    x: { value: { expr: "datum.left" } },
    y: { value: { expr: "datum.top" } },
    text: { field: "text", type: "nominal" },
  };
  const color = { field: "color", type: "nominal", scale: null };
  if (follows) {
    const usual = pieces.filter((piece) => piece.color === theme.text) as unknown as Json;
    const others = pieces.filter((piece) => piece.color !== theme.text) as unknown as Json;
    return [
      { data: { values: usual }, mark: { ...text, color: ON_BACKGROUND }, encoding },
      { data: { values: others }, mark: text, encoding: { ...encoding, color } },
    ];
  }
  const values = pieces as unknown as Json;
  const halo = { stroke: theme.background, strokeWidth: 4, strokeJoin: "bevel", opacity: 0.8 };
  return [
    { data: { values }, mark: { ...text, ...halo }, encoding },
    { data: { values }, mark: text, encoding: { ...encoding, color } },
  ];
}
