/** That `ta.check` finds symbols that were forgotten, and then reports what it does with them. */

import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type CheckReport, type Finding, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { type Bar, barsAt, CALENDARS, frameOf, random } from "../support/calendars.js";
import { runs } from "../support/runs.js";

interface Row {
  readonly bar: Bar;
  readonly symbol: string;
  readonly exchange: string;
}

/** Orders of the rows of several symbols. */
const ORDERS: Record<string, (rows: readonly Row[], next: () => number) => Row[]> = {
  "one symbol after the other": (rows) => [...rows],
  "in turns": (rows) => rows.toSorted((a, b) => a.bar.date.getTime() - b.bar.date.getTime()),
  "the newest first": (rows) => rows.toReversed(),
  "in turns, the newest first": (rows) =>
    rows.toSorted((a, b) => b.bar.date.getTime() - a.bar.date.getTime()),
  anyhow: (rows, next) =>
    rows
      .map((row) => ({ row, key: next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ row }) => row),
};

/** Bars of two exchanges, each with the same symbols, with faults of all kinds. */
function rowsOf(seed: number): Row[] {
  const times = CALENDARS["every day"]?.(60, seed) ?? [];
  const names = ["a", "b", "c"].flatMap((symbol) => [
    { symbol, exchange: "x" },
    { symbol, exchange: "y" },
  ]);
  return names.flatMap((name, index) => {
    const bars = barsAt(times, seed + index);
    const [third, tenth, last] = [bars[3], bars[10], bars[40]] as [Bar, Bar, Bar];
    if (index === 1) third.volume = -1;
    if (index === 2) tenth.high = (tenth.low ?? 0) / 2;
    if (index === 3) last.close = null;
    for (const bar of index === 4 ? bars.slice(20, 35) : []) {
      Object.assign(bar, { open: 7, high: 7, low: 7, close: 7 });
    }
    if (index === 5) bars.splice(30, 3);
    return bars.map((bar) => ({ bar, ...name }));
  });
}

const framed = (rows: readonly Row[], columns: readonly ("symbol" | "exchange")[]): DataFrame =>
  frameOf(
    rows.map(({ bar }) => bar),
    Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name])])),
  );

const without = (kind: string, { findings, ...rest }: CheckReport) => ({
  ...rest,
  findings: findings.filter((one) => one.kind !== kind),
});

/** What is wrong at which times, whatever rows these are in. */
const faultsIn = ({ findings }: CheckReport) =>
  findings
    .filter(({ kind }) => kind !== "order")
    .map(({ kind, count, places }) => ({
      kind,
      count,
      places: places.map(({ time, group }) => `${group?.symbol} ${time}`).sort(),
    }));

/** The rows, by number, whose time an earlier row has, in the same group. */
function again(rows: readonly Row[], group: (row: Row) => string): number[] {
  const met = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = `${group(row)} ${row.bar.date.getTime()}`;
    if (met.has(key)) return [index];
    met.add(key);
    return [];
  });
}

const repeatsIn = ({ findings }: CheckReport): readonly Finding[] =>
  findings.filter(({ kind }) => kind === "repeats");

const rowNumbers = (finding: Finding | undefined) => finding?.places.map(({ row }) => row);

describe.each(Object.keys(ORDERS))("symbols that are forgotten, %s", (name) => {
  const places = 1000;
  const shuffled = (seed: number, rows: readonly Row[]) => ORDERS[name]?.(rows, random(seed)) ?? [];
  const seeds = fc.integer({ min: 1, max: 1e6 });

  test.each(["ms", "us", "ns"] as const)("with times in %s", (unit) => {
    const property = fc.property(seeds, (seed) => {
      const rowsInOrder = rowsOf(seed).filter(({ exchange }) => exchange === "x");
      const rows = shuffled(seed, rowsInOrder);
      const frame = framed(rows, ["symbol", "exchange"]).withColumns(
        pl.col("date").cast(pl.Datetime(unit)),
      );
      const forgotten = ta.check(frame, { places });
      const [repeats, ...others] = repeatsIn(forgotten);
      expect(others).toEqual([]);
      expect(repeats?.sentence).toContain('"symbol" tells them apart');
      const expected = again(rows, () => "");
      expect(repeats?.count).toBe(expected.length);
      expect(rowNumbers(repeats)).toEqual(expected);
      const given = ta.check(frame, { places, over: "symbol" });
      expect(without("repeats", forgotten)).toEqual(without("", given));
      const inOrder = framed(rowsInOrder, ["symbol"]);
      expect(faultsIn(given)).toEqual(faultsIn(ta.check(inOrder, { places, over: "symbol" })));
    });
    fc.assert(property, { numRuns: runs(5) });
  });

  test("which only two columns tell apart", () => {
    const property = fc.property(seeds, (seed) => {
      const rows = shuffled(seed, rowsOf(seed));
      const frame = framed(rows, ["symbol", "exchange"]);
      const forgotten = ta.check(frame, { places });
      const [repeats, ...others] = repeatsIn(forgotten);
      expect(others).toEqual([]);
      expect(repeats?.sentence).toContain('"symbol" and "exchange" tell them apart');
      expect(rowNumbers(repeats)).toEqual(again(rows, () => ""));
      const given = ta.check(frame, { places, over: ["symbol", "exchange"] });
      expect(without("repeats", forgotten)).toEqual(without("", given));
    });
    fc.assert(property, { numRuns: runs(5) });
  });

  test("one of two columns", () => {
    const property = fc.property(seeds, (seed) => {
      const rows = shuffled(seed, rowsOf(seed));
      const frame = framed(rows, ["symbol", "exchange"]);
      const forgotten = ta.check(frame, { places, over: "exchange" });
      const [repeats] = repeatsIn(forgotten);
      expect(repeats?.sentence).toMatch(/again within exchange in \d+ rows, and "symbol" tells/);
      expect(rowNumbers(repeats)).toEqual(again(rows, ({ exchange }) => exchange));
      const given = ta.check(frame, { places, over: ["exchange", "symbol"] });
      expect(without("repeats", forgotten)).toEqual(without("", given));
    });
    fc.assert(property, { numRuns: runs(5) });
  });

  test("and rows that come twice", () => {
    const property = fc.property(seeds, fc.nat(1e6), (seed, at) => {
      const once = rowsOf(seed).filter(({ exchange }) => exchange === "x");
      const twice = once[at % once.length] as Row;
      const rows = shuffled(seed, [...once, twice]);
      const frame = framed(rows, ["symbol"]);
      const forgotten = ta.check(frame, { places });
      const [all, within, ...others] = repeatsIn(forgotten);
      expect(others).toEqual([]);
      expect(rowNumbers(all)).toEqual(again(rows, () => ""));
      expect(rowNumbers(within)).toEqual(again(rows, ({ symbol }) => symbol));
      expect(without("repeats", forgotten)).toEqual(
        without("repeats", ta.check(frame, { places, over: "symbol" })),
      );
    });
    fc.assert(property, { numRuns: runs(5) });
  });

  test("which no column tells apart", () => {
    const rows = shuffled(3, rowsOf(3));
    const [repeats] = repeatsIn(ta.check(framed(rows, []), { places }));
    expect(repeats?.sentence).not.toContain("apart");
    expect(rowNumbers(repeats)).toEqual(again(rows, () => ""));
  });

  test("of a LazyFrame", async () => {
    const frame = framed(shuffled(4, rowsOf(4)), ["symbol", "exchange"]);
    expect(await ta.check(frame.lazy(), { places })).toEqual(ta.check(frame, { places }));
  });
});

test("groups and times that are too many for one number are sorted all the same", () => {
  const times = Array.from({ length: 40 }, (_, year) => Date.UTC(1960 + 2 * year, 0));
  const rows = ["a", "b", "c"].flatMap((symbol, index) =>
    barsAt(times, index).map((bar) => ({ bar, symbol, exchange: "x" })),
  );
  const reports = (["us", "ns"] as const).map((unit) => {
    const frame = framed(ORDERS.anyhow?.(rows, random(1)) ?? [], ["symbol"]);
    return ta.check(frame.withColumns(pl.col("date").cast(pl.Datetime(unit))), { places: 1000 });
  });
  const [micro, nano] = reports;
  expect(micro?.findings.map(({ kind }) => kind)).toEqual(["order", "repeats"]);
  expect(nano).toEqual(micro);
});
