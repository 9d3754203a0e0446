/**
 * The heights of panes and the ends of their scales. The source of these functions is written into
 * pages, so they use nothing from outside themselves.
 */

/** What the scale of a pane keeps free, in pixels. */
export interface Free {
  /** Below the values. */
  readonly foot: number;
  /** Above the values, for the readout. */
  readonly head: number;
  /** On both sides, for marks at the bars. */
  readonly marks: number;
}

/** Start and end of the scale of a pane, in pixels from its top. */
export function scaleRange(height: number, { foot, head, marks }: Free): [number, number] {
  const room = Math.max(0, Math.min(marks, height / 5) - 6);
  return [height - foot - room, Math.min(head + room, height / 2)];
}

/**
 * Divides a height among panes by their usual heights. The first has the prices and gets at least a
 * given share; each gets the least height.
 */
export function shareHeight(
  usual: readonly number[],
  height: number,
  { prices, least }: { readonly prices: number; readonly least: number },
): number[] {
  const sum = usual.reduce((a, b) => a + b, 0);
  const weights = usual.map((one) => one / sum);
  const [first = 1] = weights;
  if (first < prices) {
    const less = (1 - prices) / (1 - first);
    for (const [index, one] of weights.entries()) weights[index] = index ? one * less : prices;
  }
  // Small panes get the least height, and the others share what is left.
  const small = new Set<number>();
  const heightOf = (index: number) => {
    const left = weights.reduce((all, one, other) => (small.has(other) ? all : all + one), 0);
    return ((height - least * small.size) * (weights[index] ?? 0)) / left;
  };
  let index: number;
  do {
    index = weights.findIndex((_, one) => !small.has(one) && heightOf(one) < least);
    if (index >= 0) small.add(index);
  } while (index >= 0);
  const heights = weights.map((_, one) => (small.has(one) ? least : Math.floor(heightOf(one))));
  const rest = height - heights.reduce((a, b) => a + b, 0);
  heights[0] = (heights[0] ?? 0) + Math.max(0, Math.floor(rest));
  return heights;
}
