/** The bars of `ta.bars`, against `df.ta.resample` of the same ticks and against brute force. */

import fc from "fast-check";
import { type TickBar, type TickBars, type TickBarsOptions, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { runs } from "../support/runs.js";
import {
  asRows,
  type Calendar,
  cases,
  dated,
  resampled,
  type Trade,
  trades,
} from "../support/ticks.js";
import { stocks } from "../support/timeframes.js";

type Ticks = readonly object[];

const optionsOf = ({ zone, options }: Calendar): TickBarsOptions =>
  ({ over: "symbol", ...options, ...(zone && { timeZone: zone }) }) as TickBarsOptions;

/** All bars of ticks that come one after the other. */
const barsOf = (ticks: Ticks, bars: TickBars): TickBar[] => [
  ...ticks.flatMap((tick) => bars.update(tick).closed),
  ...bars.flush(),
];

describe("bars of time are those of resample", () => {
  test("for any length, zone, side, label, start and offset", () => {
    const property = fc.property(cases, ({ made, ...calendar }) => {
      const all = barsOf(dated(made), ta.bars(calendar.every, optionsOf(calendar)));
      expect(asRows(all)).toEqual(resampled(made, calendar));
    });
    fc.assert(property, { numRuns: runs(400) });
  });

  test("in whatever order the ticks of a bar come after its first", () => {
    const property = fc.property(
      cases,
      fc.integer({ min: 1, max: 996 }),
      ({ made, ...calendar }, by) => {
        const starts = ta.bars(calendar.every, { ...optionsOf(calendar), label: "left" });
        const seen = new Set<string>();
        const placed = dated(made).map((trade) => {
          const { time } = starts.update(trade).forming as unknown as { time: Date };
          const isFirst = !seen.has(trade.symbol);
          seen.add(trade.symbol);
          // Ticks of the same time keep their order: the last of them is the close.
          const place = isFirst ? -1 : Math.abs((trade.time.getTime() / 1000) * by) % 997;
          return { trade, start: time.getTime(), place };
        });
        const mixed = placed.toSorted((a, b) => a.start - b.start || a.place - b.place);
        const bars = ta.bars(calendar.every, optionsOf(calendar));
        const all = barsOf(
          mixed.map(({ trade }) => trade),
          bars,
        );
        expect(asRows(all)).toEqual(resampled(made, calendar));
      },
    );
    fc.assert(property, { numRuns: runs(120) });
  });

  test("from columns, in pieces, with restarts between them", () => {
    const cuts = fc.array(fc.nat(150), { maxLength: 4 });
    const property = fc.property(cases, cuts, ({ made, ...calendar }, at) => {
      const ticks = dated(made);
      const edges = [
        0,
        ...at.filter((cut) => cut < ticks.length).sort((a, b) => a - b),
        ticks.length,
      ];
      let bars = ta.bars(calendar.every, optionsOf(calendar));
      const one = ta.bars(calendar.every, optionsOf(calendar));
      const all = edges.slice(1).flatMap((end, piece) => {
        const rows = ticks.slice(edges[piece], end);
        const columns = {
          symbol: rows.map(({ symbol }) => symbol),
          time: rows.map(({ time }) => time),
          price: Float64Array.from(rows, ({ price }) => price),
          volume: Int32Array.from(rows, ({ volume }) => volume),
        };
        const { closed, forming } = bars.updateMany(columns);
        expect(closed).toEqual(rows.flatMap((row) => one.update(row).closed));
        const symbols = [...new Set(columns.symbol)];
        expect(forming).toEqual(symbols.map((symbol) => one.forming(symbol)));
        bars = ta.bars.restore(bars.snapshot());
        return closed;
      });
      expect(bars.keys).toEqual(one.keys);
      expect(asRows([...all, ...bars.flush()])).toEqual(resampled(made, calendar));
    });
    fc.assert(property, { numRuns: runs(120) });
  });

  test("of bars, as of trades, with volumes that are no whole numbers", () => {
    const property = fc.property(cases, ({ made, ...calendar }) => {
      const rows = made.map(({ price, volume, ...rest }) => ({
        ...rest,
        open: price,
        high: price + (volume % 7),
        low: price - (volume % 5) / 8,
        close: price + (volume % 3) / 8,
        volume: volume / 7,
      }));
      const all = asRows(barsOf(dated(rows), ta.bars(calendar.every, optionsOf(calendar))));
      const expected = resampled(rows, calendar);
      const exact = ({ volume, ...row }: Readonly<Record<string, unknown>>) => row;
      expect(all.map(exact)).toEqual(expected.map(exact));
      for (const [at, { volume }] of expected.entries()) {
        const difference = Math.abs(Number(all[at]?.volume) - Number(volume));
        expect(difference).toBeLessThanOrEqual(1e-12 * Number(volume));
      }
    });
    fc.assert(property, { numRuns: runs(120) });
  });

  test("of real days, in weeks and months", () => {
    const days = stocks();
    const dayOf = (row: object) => (row as { date: Date }).date.toISOString().slice(0, 10);
    const asText = (rows: object[]) => rows.map((row) => ({ ...row, date: dayOf(row) }));
    for (const every of ["1w", "1mo", "1q"]) {
      const bars = barsOf(asText(days.toRecords()), ta.bars(every, { over: "symbol" }));
      const expected = asText(days.ta.resample(every, { over: "symbol" }).toRecords());
      const bySymbol = Object.values(Object.groupBy(bars, ({ symbol }) => String(symbol)));
      expect(bySymbol.flatMap((own = []) => own.map(({ ticks, ...bar }) => bar))).toEqual(expected);
    }
  });
});

describe("an interval without ticks", () => {
  test("is a bar of the last close, as if it had a tick of that price and no volume", () => {
    const property = fc.property(cases, ({ made, ...calendar }) => {
      const options = { ...optionsOf(calendar), empty: "fill" } as const;
      const filled = (label: "left" | "right") =>
        barsOf(dated(made), ta.bars(calendar.every, { ...options, label }));
      const [bars, stops] = [filled("left"), filled("right")];
      const last = new Map<unknown, { bar: TickBar; stop: unknown }>();
      const quiet = bars.flatMap((bar, at): Trade[] => {
        const stop = stops[at]?.time;
        const before = last.get(bar.symbol);
        if (before) expect(bar.time).toEqual(before.stop);
        last.set(bar.symbol, { bar, stop });
        if (bar.ticks > 0) return [];
        const time = Number(calendar.options.closed === "right" ? stop : bar.time);
        return [{ symbol: String(bar.symbol), time, price: Number(before?.bar.close), volume: 0 }];
      });
      const ticks = [...made, ...quiet].sort((a, b) => a.time - b.time);
      const label = { ...calendar, options: { ...calendar.options, label: "left" as const } };
      expect(asRows(bars)).toEqual(resampled(ticks, label));
    });
    // A length of minutes makes thousands of bars of a month.
    fc.assert(property, { numRuns: runs(60) });
  });
});

describe("bars of ticks and of volume", () => {
  const made = trades(Date.UTC(2024, 2, 1));

  /** What a bar of these ticks is. */
  function bar(ticks: readonly Trade[]): Readonly<Record<string, unknown>> {
    const prices = ticks.map(({ price }) => price);
    const volume = ticks.reduce((sum, tick) => sum + tick.volume, 0);
    const [open, close] = [prices[0], prices.at(-1)];
    const [high, low] = [Math.max(...prices), Math.min(...prices)];
    return { symbol: ticks[0]?.symbol, open, high, low, close, volume, ticks: ticks.length };
  }

  /** Ticks in pieces: each ends with the tick that makes it full. */
  function pieces(ticks: readonly Trade[], isFull: (piece: readonly Trade[]) => boolean) {
    const all: Trade[][] = [[]];
    for (const tick of ticks) {
      if (isFull(all.at(-1) ?? [])) all.push([]);
      all.at(-1)?.push(tick);
    }
    return all;
  }

  test.each([
    ["ticks", (piece: readonly Trade[], limit: number) => piece.length >= limit],
    ["volume", (piece: readonly Trade[], limit: number) => Number(bar(piece).volume) >= limit],
  ] as const)("close when they are full: %s", (kind, isFull) => {
    const limits = fc.integer({ min: 1, max: kind === "ticks" ? 20 : 5000 });
    const property = fc.property(made, limits, fc.boolean(), (ticks, limit, atEnd) => {
      const rule = kind === "ticks" ? { ticks: limit } : { volume: limit };
      const label = atEnd ? "right" : "left";
      const bars = ta.bars(rule, { over: "symbol", label });
      const [closed, formed] = [ticks.flatMap((tick) => bars.update(tick).closed), bars.flush()];
      expect(closed.every((one) => one[kind] === undefined || Number(one[kind]) >= limit)).toBe(
        true,
      );
      const all = [...closed, ...formed].map((one) => ({ ...one }));
      for (const symbol of new Set(ticks.map((tick) => tick.symbol))) {
        const own = ticks.filter((tick) => tick.symbol === symbol);
        const expected = pieces(own, (piece) => piece.length > 0 && isFull(piece, limit)).map(
          (piece) => ({ ...bar(piece), time: piece.at(atEnd ? -1 : 0)?.time }),
        );
        expect(all.filter((one) => one.symbol === symbol)).toEqual(expected);
      }
    });
    fc.assert(property, { numRuns: runs(120) });
  });
});
