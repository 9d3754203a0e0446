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
    /** What the values of some fields are multiplied by. */
    readonly factors?: Readonly<Record<string, number>>;
  },
): Scale {
  const { from, to, levels, log, factors = {} } = about;
  let [low, high] = [Infinity, -Infinity];
  const take = (value: number | undefined) => {
    if (value === undefined || (log && value <= 0)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  const end = Math.min(rows.length - 1, Math.ceil(to));
  for (let i = Math.max(0, Math.floor(from)); i <= end; i++) {
    for (const field of fields) {
      const value = rows[i]?.[field];
      take(value === undefined ? value : value * (factors[field] ?? 1));
    }
  }
  for (const level of levels) take(level);
  if (low > high) [low, high] = log ? [1, 10] : [0, 1];
  // Also where values differ by rounding only: there would be no labels between them.
  if (high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-9)
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

/**
 * Round labels, at most about `most`, and the values that they stand for: prices, or changes in
 * percent from a base.
 */
export function priceTicks(scale: Scale, most: number, base: number | undefined): number[] {
  const { low, high, log } = scale;
  const count = Math.max(1, most);
  const ratio = log ? (high / low) ** (1 / count) - 1 : 0;
  const unit = base === undefined ? 1 : base / 100;
  const labelOf = (value: number) => (base === undefined ? value : (value - base) / unit);
  const at: number[] = [];
  let value = low;
  for (;;) {
    const least = (log ? value * ratio : (high - low) / count) / unit;
    const power = 10 ** Math.floor(Math.log10(least));
    const step = ([1, 2, 5].find((n) => n * power >= least) ?? 10) * power;
    const away = at.length === 0 ? 0 : least;
    const label = Math.ceil((labelOf(value) + away) / step - 1e-9) * step;
    value = Number(((base ?? 0) + label * unit).toPrecision(12));
    if (!(value <= high)) return at;
    at.push(value);
  }
}

/** From where changes in percent are counted. */
export interface Bases {
  /** The first close of the bars. */
  readonly base: number;
  /** By key, what the closes of another symbol are multiplied by, so that they begin at the base. */
  readonly factors: Readonly<Record<string, number>>;
}

/** The first closes from a bar on, of the bars and of the other symbols. */
export function basesOf(
  rows: readonly Readonly<Record<string, number>>[],
  keys: readonly string[],
  from: number,
): Bases {
  const start = Math.max(0, Math.ceil(from));
  const first = (key: string) => {
    for (let i = start; i < rows.length; i++) {
      const value = rows[i]?.[key];
      if (value !== undefined) return value;
    }
    return rows.findLast((row) => row[key] !== undefined)?.[key] ?? 1;
  };
  const base = first("close");
  return { base, factors: Object.fromEntries(keys.map((key) => [key, base / first(key)])) };
}
