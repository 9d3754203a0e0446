/** Bars over the calendars of markets, which are as they should be. */

import pl, { type DataFrame } from "nodejs-polars";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A row of bars. */
export interface Bar {
  date: Date;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volume: number | null;
}

/** Bars whose prices move a little at each of the times. */
export function barsAt(times: readonly number[], seed = 1): Bar[] {
  const next = random(seed);
  let last = 50 + 100 * next();
  return times.map((time) => {
    const open = last * (0.995 + 0.01 * next());
    const close = open * (0.985 + 0.03 * next());
    last = close;
    return {
      date: new Date(time),
      open,
      high: Math.max(open, close) * (1 + 0.005 * next()),
      low: Math.min(open, close) * (1 - 0.005 * next()),
      close,
      volume: Math.floor(1000 + 10_000 * next()),
    };
  });
}

/** Rows as a frame, the times as Datetime in milliseconds. */
export function frameOf(bars: readonly Bar[], more: Record<string, unknown[]> = {}): DataFrame {
  const numbers = ["open", "high", "low", "close", "volume"] as const;
  return pl.DataFrame([
    ...Object.entries(more).map(([name, values]) => pl.Series(name, values as string[])),
    pl
      .Series(
        "date",
        bars.map(({ date }) => date.getTime()),
        pl.Float64,
      )
      .cast(pl.Int64)
      .cast(pl.Datetime("ms")),
    ...numbers.map((name) =>
      pl.Series(
        name,
        bars.map((bar) => bar[name]),
        pl.Float64,
      ),
    ),
  ]);
}

const weekday = (day: number): number => new Date(day * DAY).getUTCDay();

function days(first: string, count: number, isOpen: (day: number) => boolean): number[] {
  const found: number[] = [];
  for (let day = Date.parse(first) / DAY; found.length < count; day += 1) {
    if (isOpen(day)) found.push(day);
  }
  return found;
}

const onWeekdays = (day: number): boolean => weekday(day) > 0 && weekday(day) < 6;

/** About ten holidays a year, on dates that seem random, sometimes two in a row. */
const isHoliday = (day: number, seed: number): boolean => {
  const next = random(day * 7919 + seed * 104_729);
  next();
  next();
  return next() < 0.03;
};

function inSession(day: number, from: number, to: number, every: number, zone = 0): number[] {
  const times: number[] = [];
  for (let minute = from; minute < to; minute += every) {
    times.push(day * DAY + (minute - zone) * MINUTE);
  }
  return times;
}

/** Minutes that New York is ahead of UTC, as in 2024 and about so in other years. */
const newYork = (day: number): number => {
  const [month, date] = [new Date(day * DAY).getUTCMonth(), new Date(day * DAY).getUTCDate()];
  const summer =
    (month > 2 && month < 10) || (month === 2 && date > 9) || (month === 10 && date < 3);
  return summer ? -240 : -300;
};

/** Times of markets, by a name for each; `count` is that of days, weeks or months. */
export const CALENDARS: Readonly<Record<string, (count: number, seed: number) => number[]>> = {
  "daily with weekends and holidays": (count, seed) =>
    days("2015-01-05", count, (day) => onWeekdays(day) && !isHoliday(day, seed)).map(
      (d) => d * DAY,
    ),
  "daily from Sunday to Thursday": (count, seed) =>
    days("2015-01-04", count, (day) => weekday(day) < 5 && !isHoliday(day, seed)).map(
      (d) => d * DAY,
    ),
  "every day": (count) => days("2015-01-05", count, () => true).map((d) => d * DAY),
  "daily with a week of holidays every year": (count, seed) =>
    days("2012-01-05", 1000 + count * 4, (day) => {
      const date = new Date(day * DAY);
      const golden = date.getUTCMonth() === 9 && date.getUTCDate() < 9;
      // A week of February that moves with the moon.
      const start = 25 + ((date.getUTCFullYear() * 11) % 20);
      const ofYear = (day * DAY - Date.UTC(date.getUTCFullYear(), 0)) / DAY;
      const newYear = ofYear >= start && ofYear < start + 8;
      return onWeekdays(day) && !golden && !newYear && !isHoliday(day, seed);
    }).map((d) => d * DAY),
  weekly: (count) =>
    Array.from({ length: count }, (_, week) => Date.parse("2015-01-05") + week * 7 * DAY),
  monthly: (count) => Array.from({ length: count }, (_, month) => Date.UTC(2000, month)),
  "five minutes of a session": (count, seed) =>
    days("2024-01-02", count, (day) => onWeekdays(day) && !isHoliday(day, seed)).flatMap((day) =>
      inSession(day, 570, 960, 5),
    ),
  "five minutes of a session in UTC, with days that end early": (count, seed) =>
    days("2024-01-02", count, (day) => onWeekdays(day) && !isHoliday(day, seed)).flatMap((day) =>
      inSession(day, 570, day % 61 === 0 ? 780 : 960, 5, newYork(day)),
    ),
  "a quarter of an hour with a break at noon": (count, seed) =>
    days("2024-01-02", count, (day) => onWeekdays(day) && !isHoliday(day, seed)).flatMap((day) => [
      ...inSession(day, 540, 690, 15),
      ...inSession(day, 750, 900, 15),
    ]),
  "hours without an end": (count) =>
    days("2024-01-02", count, () => true).flatMap((day) => inSession(day, 0, 1440, 60)),
  "hours from Sunday evening to Friday": (count) =>
    days("2024-01-01", count, (day) => weekday(day) !== 6).flatMap((day) =>
      inSession(day, weekday(day) === 0 ? 1320 : 0, weekday(day) === 5 ? 1320 : 1440, 60),
    ),
  "hours but one of each day": (count) =>
    days("2024-01-01", count, onWeekdays).flatMap((day) => [
      ...inSession(day, 0, 1020, 60),
      ...inSession(day, 1080, 1440, 60),
    ]),
};
