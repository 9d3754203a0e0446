/** Formats durations as polars prints them. */

type Unit = readonly [name: string, nanoseconds: bigint];

const UNITS: readonly Unit[] = [
  ["d", 86_400_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["m", 60_000_000_000n],
  ["s", 1_000_000_000n],
];

/** The rest below a second is shown in the first of these units that needs no decimals. */
const FRACTIONS: readonly Unit[] = [
  ["ms", 1_000_000n],
  ["µs", 1_000n],
  ["ns", 1n],
];

/** The unit of a column of durations, by its type. */
const COLUMN_UNITS: Readonly<Record<string, string>> = {
  "duration[ms]": "ms",
  "duration[μs]": "µs",
  "duration[ns]": "ns",
};

/**
 * The function that formats the counts in a column of a type; undefined if the type is no duration.
 */
export function durationFormat(type: string): ((count: string) => string) | undefined {
  const unit = COLUMN_UNITS[type];
  const size = FRACTIONS.find(([name]) => name === unit)?.[1];
  if (unit === undefined || size === undefined) return undefined;
  return (count) => {
    let rest = BigInt(count) * size;
    const parts: string[] = [];
    for (const [name, nanoseconds] of UNITS) {
      const number = rest / nanoseconds;
      rest -= number * nanoseconds;
      if (number !== 0n) parts.push(`${number}${name}`);
    }
    const fraction = FRACTIONS.find(([, nanoseconds]) => rest % nanoseconds === 0n);
    if (fraction && rest !== 0n) parts.push(`${rest / fraction[1]}${fraction[0]}`);
    return parts.length > 0 ? parts.join(" ") : `0${unit}`;
  };
}
