/** Files as brokers, exchanges and spreadsheets write them: read, or refused with what to do. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { type ComputeFilesOptions, computeFiles } from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { readAny, temporaryFolder } from "../support/files.js";
import { refusedWork } from "../support/refusals.js";

const { at, list } = temporaryFolder("brokers");
const pipeline = ta.pipeline({ features: ["sma(2)"] });

const closes = [1101.5, 1102.25, 1100, 1104.75];
const days = ["2024-03-11", "2024-03-12", "2024-03-13", "2024-03-14"];
const wanted = [null, 1101.875, 1101.125, 1102.375];

type More = Partial<ComputeFilesOptions>;
const run = (more: More = {}) =>
  computeFiles({ inputs: at("in.csv"), pipeline, out: at("out.parquet"), ...more });

/** Computes a text; its averages. */
async function averages(text: string | Buffer, more: More = {}): Promise<unknown[]> {
  writeFileSync(at("in.csv"), text);
  await run(more);
  return readAny(at("out.parquet")).getColumn("sma_2").toArray();
}

/** What a text is refused with, the name of the file left out. */
async function refusal(text: string | Buffer, more: More = {}): Promise<string> {
  writeFileSync(at("in.csv"), text);
  const message = await refusedWork(list, () => run(more));
  return message.replace(JSON.stringify(at("in.csv")), "FILE").replace(/^TaError: /, "");
}

const lines = (head: string, row: (day: string, close: number, index: number) => string) =>
  [head, ...days.map((day, i) => row(day, closes[i] as number, i))].join("\n");
const plain = lines("Date,Close,Volume", (day, close) => `${day},${close},100`);

describe("dates and times of day in two columns", () => {
  const minutes = ["09:30", "09:35", "09:40", "09:45"];
  const both = (write: (clock: string) => string, head = "Date,Time,Close") =>
    lines(head, (_, close, i) => `20240311,${write(minutes[i] as string)},${close}`);
  const time = ["Date", "Time"] as const;

  test.each([
    ["hours and minutes", (clock: string) => clock],
    ["seconds", (clock: string) => `${clock}:00`],
    ["digits", (clock: string) => clock.replace(":", "")],
    ["digits with seconds", (clock: string) => `${clock.replace(":", "")}00`],
    ["digits without a zero before them", (clock: string) => clock.replace(":", "").slice(1)],
    ["morning", (clock: string) => `${clock} AM`],
  ])("%s are refused, and read as one", async (_, write) => {
    const text = both(write);
    expect(await refusal(text)).toMatch(
      /^compute: column "Time" has ".*", a time of day, and its date is in "Date"; take both with time: \["Date", "Time"\]$/,
    );
    expect(await averages(text, { time })).toEqual(wanted);
    const made = readAny(at("out.parquet")).getColumn("Date").cast(pl.Utf8).toArray();
    expect(made).toEqual(minutes.map((clock) => `2024-03-11 ${clock}:00.000000`));
  });

  test("in typed files become a Datetime as well", async () => {
    const frame = pl.DataFrame({ d: [20240311, 20240311], t: [930, 1000], close: [1, 2] });
    const whole = frame.select(pl.col("d").cast(pl.Int64), pl.col("t").cast(pl.Int64), "close");
    for (const [name, typed] of [
      ["floats", frame],
      ["whole", whole],
      [
        "dates",
        whole.withColumns(pl.lit("2024-03-11").str.strptime(pl.Date, "%Y-%m-%d").alias("d")),
      ],
    ] as const) {
      typed.writeParquet(at("typed.parquet"));
      await run({ inputs: at("typed.parquet"), time: ["d", "t"] });
      const made = readAny(at("out.parquet")).getColumn("d").cast(pl.Utf8).toArray();
      expect(made, name).toEqual(["2024-03-11 09:30:00.000000", "2024-03-11 10:00:00.000000"]);
    }
  });

  test("are in order together, or refused", async () => {
    const text = both((clock) => clock);
    const back = text.split("\n");
    const reversed = [back[0], ...back.slice(1).reverse()].join("\n");
    expect(await refusal(reversed, { time })).toMatch(/column "Date" has the newest time first/);
    expect(await averages(reversed, { time, sort: true })).toEqual(wanted);
    expect(await refusal(text, { time: ["Date", "Tim"] })).toBe(
      'FILE has no column "Tim", which time names; it has "Date", "Time", "Close"',
    );
    for (const wrong of [["Date"], ["Date", "Date"], ["Date", "Time", "Zone"], []]) {
      expect(await refusal(text, { time: wrong as never })).toMatch(
        /time must be a column, two columns or false/,
      );
    }
  });

  test("are named by every command that reads files", async () => {
    writeFileSync(
      at("mt5.csv"),
      both((clock) => clock, "<DATE>,<TIME>,<CLOSE>"),
    );
    const cli = (...args: string[]) =>
      runNode([join(root, "plugin/command.mjs"), ...args], { cwd: at(".") });
    const compute = ["compute", "mt5.csv", "--indicators", "sma(2)", "--out", "out.csv"];
    for (const args of [compute, ["check", "mt5.csv"], ["chart", "mt5.csv", "--out", "a.json"]]) {
      const { code, stderr } = await cli(...args);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: `${args[0]}: column "<TIME>" has "09:30", a time of day, and its date is in "<DATE>"; take both with --time '<DATE>,<TIME>'\n`,
      });
      const read = await cli(...args, "--time", "<DATE>,<TIME>");
      expect({ code: read.code, stderr: read.stderr }).toEqual({ code: 0, stderr: "" });
    }
  });
});

describe("files without names of columns", () => {
  const klines = days
    .map((day, i) => `${Date.parse(day)},1,2,0.5,${closes[i]},10,${Date.parse(day) + 1},5,6,7,8,0`)
    .join("\n");

  test("are refused, and read with names", async () => {
    expect(await refusal(klines)).toBe(
      'FILE begins with values, not with names; name its columns in their order, as in header: ["time","open","high","low","close","volume"]',
    );
    const header = ["time", "open", "high", "low", "close", "volume"];
    expect(await averages(klines, { header })).toEqual(wanted);
    expect(readAny(at("out.parquet")).columns.slice(0, 8)).toEqual([
      ...header,
      "column_7",
      "column_8",
    ]);
    expect(await refusal(klines, { header: [...header, ..."abcdefgh"] })).toBe(
      "header has 14 names, but FILE has 12 columns",
    );
  });

  test.each([
    [{ header: [] }, /header must be a list of names of columns, got an empty list|header must be/],
    [{ header: "time" }, /header must be a list of names of columns, got "time"/],
    [{ header: ["a", ""] }, /header must be a list of names of columns, got ""/],
    [{ header: ["a", "a"] }, /header has "a" more than once/],
    [{ skipLines: -1 }, /skipLines must be a whole number from 0, got -1/],
    [{ thousands: ";" }, /thousands must be one of ",", "\.", .*, got ";"/],
    [{ thousands: ",", decimalComma: true }, /a comma cannot be both/],
    [{ thousands: "." }, /it needs decimalComma: true/],
  ])("%j is refused", async (more, sentence) => {
    expect(await refusal(plain, more as never)).toMatch(sentence);
  });
});

describe("lines that are no bars", () => {
  test("before the names are left out on demand", async () => {
    const text = `https://example.com\n${plain}`;
    expect(await refusal(text)).toBe(
      'FILE has one column, "https://example.com", because its first line is not that of the names; leave it out with skipLines: 1',
    );
    expect(await averages(text, { skipLines: 1 })).toEqual(wanted);
  });

  test("of a spreadsheet say what stands between columns", async () => {
    expect(
      await averages(`sep=;\r\n${plain.replaceAll(",", ";").replaceAll("\n", "\r\n")}`),
    ).toEqual(wanted);
  });

  test("of yfinance are named", async () => {
    const rows = days.map((day, i) => `${day},${closes[i]},100`);
    const text = ["Price,Close,Volume", "Ticker,A,A", "Date,,", ...rows].join("\n");
    expect(await refusal(text)).toBe(
      'FILE has three lines of names, as yfinance writes them; read it with skipLines: 3 and header: ["Date","Close","Volume"]',
    );
    const told = { skipLines: 3, header: ["Date", "Close", "Volume"] };
    expect(await averages(text, told)).toEqual(wanted);
    expect(await refusal(text.replace("A,A", "A,B"))).toMatch(/has 2 symbols side by side/);
  });

  test("of names that are given are left out on demand", async () => {
    const header = ["time", "close", "volume"];
    expect(await refusal(plain, { header } as never)).toBe(
      "FILE has a line with the names of its columns; leave out header, or that line with skipLines: 1",
    );
    expect(await averages(plain, { header, skipLines: 1 })).toEqual(wanted);
  });

  test.each(["\n\n\n", "\r\n\r\n", "\n,,\n,,\n"])("at the end, %j, are left out", async (end) => {
    expect(await averages(plain + end)).toEqual(wanted);
  });

  test("that were not loaded to their end are refused", async () => {
    const whole = plain.trimEnd();
    expect(await averages(whole)).toEqual(wanted);
    const end = whole.lastIndexOf(",");
    expect(await refusal(whole.slice(0, end - 1))).toBe(
      "FILE ends within a line, which has 2 of 3 values; load the file again, or remove that line",
    );
    // Lines that all leave out their last value are not cut.
    expect(await averages(plain.replaceAll(/,100$/gm, "").trimEnd())).toEqual(wanted);
  });

  test("with too many values are named by their number", async () => {
    expect(await refusal(`${plain}\n2024-03-15,1,2,3\n`)).toBe(
      "FILE has 4 values in line 6, but its first line has 3; correct it",
    );
  });
});

test("a column that changes its kind can be left out", async () => {
  const rows = Array.from({ length: 11_000 }, (_, i) => `${i},${i < 10_500 ? i : "x"}`);
  const text = ["close,note", ...rows].join("\n");
  expect(await refusal(text)).toBe(
    'FILE has "x" in column "note", which begins with whole numbers; correct it, or leave the column out with keep: ["close"]',
  );
  expect(await averages(text, { keep: ["close"] })).toHaveLength(11_000);
});

describe("numbers as people write them", () => {
  const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
  const german = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" });

  test("a currency or spaces around a number are left out", async () => {
    expect(await averages(lines("Date, Close", (day, close) => `${day}, ${close}`))).toEqual(
      wanted,
    );
    expect(await averages(lines("Date,Close", (day, close) => `${day},$${close}`))).toEqual(wanted);
    expect(await averages(lines("Date,Close", (day, close) => `${day},-$${close}`))).toEqual(
      wanted.map((value) => (value === null ? null : -value)),
    );
  });

  test("thousands are read if somebody says what they are", async () => {
    const text = lines("Date,Close", (day, close) => `${day},"${money.format(close)}"`);
    expect(await refusal(text)).toMatch(
      /has "\$1,101.50" in row 1 of column "Close": a number is needed; if "," stands between thousands, say so with thousands: ","$/,
    );
    expect(await averages(text, { thousands: "," })).toEqual(wanted);
    const euros = lines("Date;Close", (day, close) => `${day};${german.format(close)}`);
    expect(await refusal(euros, { decimalComma: true })).toMatch(/say so with thousands: "\."$/);
    expect(await averages(euros, { decimalComma: true, thousands: "." })).toEqual(wanted);
  });

  test("a comma in the wrong place is no thousand", async () => {
    for (const value of ["1,10", "11,1111", ",111", "1,111,11"]) {
      const text = `Date,Close\n2024-03-11,1\n2024-03-12,"${value}"\n`;
      expect(await refusal(text, { thousands: "," }), value).toMatch(/a number is needed/);
    }
    const late = Array.from({ length: 12_000 }, (_, i) => `${i},${i}`);
    const text = ["n,Close", ...late, '12000,"12,000"', '12001,"12,01"'].join("\n");
    expect(await refusal(text, { thousands: ",", time: false })).toMatch(
      /has "12,01" in row 12002/,
    );
    const right = [...late, '12000,"12,000"', '12001,"12,001"'];
    const made = await averages(["n,Close", ...right].join("\n"), { thousands: ",", time: false });
    expect(made.slice(-2)).toEqual([11_999.5, 12_000.5]);
  });
});

describe("texts that are not in UTF-8", () => {
  test("UTF-16, as Windows writes it, is read", async () => {
    const little = Buffer.from(`\ufeff${plain}`, "utf16le");
    expect(await averages(little)).toEqual(wanted);
    expect(await averages(Buffer.from(little).swap16())).toEqual(wanted);
  });

  test("others are named", async () => {
    expect(await refusal(Buffer.from(plain, "utf16le"))).toBe(
      "FILE is not UTF-8 text; save it as CSV in UTF-8",
    );
    const text = lines("date,name,close", (day, close) => `${day},M\u00fcnchen,${close}`);
    expect(await refusal(Buffer.from(text, "latin1"))).toMatch(
      /^FILE is not UTF-8 text; convert it/,
    );
    expect(await refusal(plain.replaceAll("\n", "\r"))).toMatch(/carriage return alone/);
  });
});

describe("names of columns", () => {
  test("that are whole numbers do not change places", async () => {
    const text = lines("Close,7,3", (_, close, i) => `${close},${i},${-i}`);
    expect(await averages(text)).toEqual(wanted);
    const frame = readAny(at("out.parquet"));
    expect(frame.columns).toEqual(["Close", "7", "3", "sma_2"]);
    expect(frame.getColumn("3").toArray()).toEqual([0, -1, -2, -3]);
  });

  test("that come twice are refused", async () => {
    expect(await refusal(lines("Date,Close,Close", (day, close) => `${day},${close},1`))).toBe(
      'FILE has more than one column "Close"; keep one of them, or take the second with { close: "Close_duplicated_0" }',
    );
  });
});

test.each([
  ["open_time", (day: string) => Date.parse(day)],
  ["window_start", (day: string) => `${Date.parse(day)}000000`],
  ["unix", (day: string) => Date.parse(day) / 1000],
  ["t", (day: string) => Date.parse(day)],
  ["Month", (_: string, i: number) => `2024-${i + 1}`.replace(/-(\d)$/, "-0$1")],
  ["Month", (_: string, i: number) => `${["Jan", "Feb", "Mar", "Apr"][i]} 2024`],
  ["date", (_: string, i: number) => 45_000.25 + i],
  ["date", (day: string) => `${day.replaceAll("-", "")}  09:30:00`],
])("times in a column %s are found and must be in order", async (name, write) => {
  const rows = days.map((day, i) => `${write(day, i)},${closes[i]}`);
  const text = [`${name},close`, ...rows].join("\n");
  expect(await averages(text)).toEqual(wanted);
  const back = [`${name},close`, ...rows.reverse()].join("\n");
  expect(await refusal(back)).toContain(`column "${name}" has the newest time first`);
});
