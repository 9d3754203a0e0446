/** Lengths of time, in milliseconds. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const UNITS = [
  ["w", 7 * DAY],
  ["d", DAY],
  ["h", HOUR],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["us", 1e-3],
] as const;

/** A length as polars writes durations: `1d`, `5m`, `1mo`. */
export function lengthText(length: number): string {
  const days = length / DAY;
  if (days >= 28 && days <= 31) return "1mo";
  if (days >= 90 && days <= 92) return "1q";
  if (days >= 365 && days <= 366) return "1y";
  const [unit, size] = UNITS.find(([, one]) => length % one === 0) ?? ["ns", 1e-6];
  return `${Math.round(length / size)}${unit}`;
}
