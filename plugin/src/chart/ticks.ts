/**
 * Labels of the time axis. The source of these functions is written into pages, so they use nothing
 * from outside themselves.
 */

export interface Ticks {
  /** Numbers of bars. */
  readonly at: number[];
  readonly labels: string[];
}

/**
 * Labels at the bars that begin a year, month, day or hour: of the finest unit with at most `most`
 * labels between the bars `from` and `to`. Without times, the labels are the bars' numbers.
 */
export function pickTicks(
  times: readonly (number | null)[],
  from: number,
  to: number,
  most: number,
  number: (index: number) => string,
): Ticks {
  const first = Math.max(0, Math.ceil(from));
  const last = Math.min(times.length - 1, Math.floor(to));
  if (times.every((time) => time === null)) {
    const rough = Math.max(1, (last - first) / most);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 1);
    const at: number[] = [];
    for (let i = Math.ceil(first / step) * step; i <= last; i += step) at.push(i);
    return { at, labels: at.map(number) };
  }
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  const fixed = (length: number) => (time: number) => Math.floor(time / length);
  const months = (count: number) => (time: number) => {
    const date = new Date(time);
    return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / count);
  };
  const units = [
    ...[1 / 60, 1, 2, 5, 10, 15, 30].map((n) => fixed(n * minute)),
    ...[1, 2, 4, 6, 12].map((n) => fixed(n * hour)),
    fixed(day),
    // Weeks begin on Monday; 1 January 1970 was a Thursday.
    (time: number) => Math.floor((time / day + 3) / 7),
    ...[1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map(months),
  ];
  const begins = (unit: (time: number) => number) => {
    const at: number[] = [];
    for (let i = first; i <= last; i++) {
      const [time, before] = [times[i], times[i - 1]];
      if (time == null || before == null) continue;
      if (unit(time) !== unit(before)) at.push(i);
    }
    return at;
  };
  let chosen: number[] = [];
  for (const unit of units) {
    chosen = begins(unit);
    if (chosen.length <= most) break;
  }
  const rank = (i: number) => {
    const [time, before] = [times[i] as number, times[i - 1] as number];
    return [months(12), months(1), fixed(day)].findIndex((unit) => unit(time) !== unit(before));
  };
  const monthOf = (date: Date) => date.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  const name = (i: number) => {
    const date = new Date(times[i] as number);
    const text = date.toISOString();
    const kind = rank(i);
    if (kind === 0) return text.slice(0, 4);
    if (kind === 1) return monthOf(date);
    if (kind === 2) return String(date.getUTCDate());
    return date.getUTCSeconds() > 0 ? text.slice(11, 19) : text.slice(11, 16);
  };
  // If two labels are too close, the one of the larger unit stays.
  const gap = (to - from) / (most * 2);
  const at: number[] = [];
  for (const i of chosen) {
    const before = at.at(-1);
    if (before === undefined || i - before >= gap) at.push(i);
    else if (rank(i) !== -1 && (rank(before) === -1 || rank(i) < rank(before)))
      at[at.length - 1] = i;
  }
  const labels = at.map(name);
  // One label must contain the year.
  const kinds = at.map(rank);
  const whole = kinds.indexOf(kinds.includes(1) ? 1 : 2);
  if (!kinds.includes(0) && whole >= 0) {
    const date = new Date(times[at[whole] as number] as number);
    const day = kinds[whole] === 2 ? `${date.getUTCDate()} ` : "";
    labels[whole] = `${day}${monthOf(date)} ${date.getUTCFullYear()}`;
  }
  return { at, labels };
}

/** The full time of a bar, or its number if there are no times. */
export function timeText(
  time: number | null | undefined,
  intraday: boolean,
  number: string,
): string {
  if (time == null) return number;
  const date = new Date(time);
  const week = date.toLocaleString("en-US", { weekday: "short", timeZone: "UTC" });
  const text = date.toISOString();
  return `${week} ${text.slice(0, 10)}${intraday ? ` ${text.slice(11, 16)}` : ""}`;
}

/** Formats the change of a price from a base. */
export function percentText(value: number | undefined, base: number): string {
  if (value === undefined) return "–";
  const percent = (value / base - 1) * 100;
  // A tag on the axis has room for seven signs or so.
  const text = percent.toFixed(Math.abs(percent) < 100 ? 2 : 1);
  if (Number(text) === 0) return "0.00%";
  return `${text.startsWith("-") ? "" : "+"}${text}%`;
}

/** Formats a value for a readout. */
export function valueText(value: number | undefined): string {
  if (value === undefined) return "–";
  const size = Math.abs(value);
  for (const [unit, letter] of [
    [1e12, "T"],
    [1e9, "B"],
    [1e6, "M"],
  ] as const) {
    if (size >= unit) return `${(value / unit).toFixed(2)}${letter}`;
  }
  if (Number.isInteger(value)) return String(value);
  if (size >= 1000) return value.toFixed(1);
  if (size >= 1) return value.toFixed(2);
  return String(Number(value.toPrecision(3)));
}
