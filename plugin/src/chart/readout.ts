/** What stands at the top of a pane: names and values of what is in it. */

import type { Bars } from "./bars.js";
import type { Pane, Placed } from "./layout.js";
import type { Theme } from "./theme.js";

/** One value of a readout. */
export interface Value {
  /** Where it is in the rows. */
  readonly field: string;
  /** The series that a click on it hides. */
  readonly key: string;
  readonly label: string;
  readonly color: string;
}

/** What is hidden and shown together: an indicator, or the bars. */
export interface Entry {
  readonly title: string;
  readonly values: readonly Value[];
}

const LETTERS = { open: "O", high: "H", low: "L", close: "C" } as const;

/** The entries of a pane. */
export function entriesOf(
  pane: Pane,
  about: { readonly title: string; readonly candles: boolean; readonly theme: Theme },
): Entry[] {
  const entries: Entry[] = [];
  const { text } = about.theme;
  if (pane.kind === "price") {
    const prices = about.candles ? Object.entries(LETTERS) : [["close", "C"] as const];
    const values = prices.map(([field, label]) => ({ field, label, key: "price", color: text }));
    entries.push({ title: about.title || "Price", values });
  }
  if (pane.volume) {
    const value = { field: "volume", key: "volume", label: "", color: about.theme.faint };
    entries.push({ title: "Volume", values: [value] });
  }
  for (const series of Map.groupBy(pane.series, (one) => one.group).values()) {
    const [{ group = "" } = {}] = series;
    entries.push({ title: group, values: series.map(valueFor) });
  }
  return entries;
}

const valueFor = ({ key, color, field }: Placed): Value => ({
  field: key,
  key,
  label: field,
  color,
});

/** The last row in which a field has a value. */
export function lastValue({ rows }: Bars, field: string): number | undefined {
  return rows.findLast((row) => row[field] !== undefined)?.[field];
}
