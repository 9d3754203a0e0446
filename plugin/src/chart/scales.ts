/**
 * Where values are on the scale of a pane. The source of these functions is written into pages, so
 * they use nothing from outside themselves.
 */

/** The values at the ends of a scale. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Whether equal distances are equal ratios. */
  readonly log: boolean;
}

/** How far up a scale a value is: 0 at its low end, 1 at its high end. */
export function shareOf(value: number, { low, high, log }: Scale): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** The value at a share of a scale. */
export function valueAt(share: number, { low, high, log }: Scale): number {
  return log ? low * (high / low) ** share : low + share * (high - low);
}

/** The scale that fits the values of the fields from one bar to another, and the levels. */
export function scaleOf(
  rows: readonly Readonly<Record<string, number>>[],
  fields: readonly string[],
  about: {
    readonly from: number;
    readonly to: number;
    readonly levels: readonly number[];
    readonly log: boolean;
  },
): Scale {
  const { from, to, levels, log } = about;
  let [low, high] = [Infinity, -Infinity];
  const take = (value: number | undefined) => {
    if (value === undefined || (log && value <= 0)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  const end = Math.min(rows.length - 1, Math.ceil(to));
  for (let i = Math.max(0, Math.floor(from)); i <= end; i++) {
    for (const field of fields) take(rows[i]?.[field]);
  }
  for (const level of levels) take(level);
  if (low > high) [low, high] = log ? [1, 10] : [0, 1];
  if (low === high)
    [low, high] = [low - (Math.abs(low) || 1) / 10, high + (Math.abs(high) || 1) / 10];
  return { low, high, log };
}

/**
 * The constant of Vega's symlog scale, which is linear far below it and logarithmic far above. So
 * one scale can be both, and a value that is not above 0 has a place, out of sight.
 */
export function constantOf({ low, high, log }: Scale): number {
  return log ? low * 1e-9 : Math.max(Math.abs(low), Math.abs(high)) * 1e9;
}

/** Round values for the labels of a logarithmic scale, at most about `most`. */
export function logTicks({ low, high }: Scale, most: number): number[] {
  const ratio = (high / low) ** (1 / Math.max(1, most));
  const at: number[] = [];
  for (let value = low; ; ) {
    const least = value * (ratio - 1);
    const power = 10 ** Math.floor(Math.log10(least));
    const step = ([1, 2, 5].find((n) => n * power >= least) ?? 10) * power;
    value = Number((Math.ceil((value + least) / step - 1e-9) * step).toPrecision(12));
    if (!(value <= high)) return at;
    at.push(value);
  }
}
