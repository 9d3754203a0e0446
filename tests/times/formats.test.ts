/** Times in every usual form: read from all rows, or refused; never read as something else. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import pl, { type DataFrame, type DataType, type Series } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { type ComputeFilesOptions, computeFiles } from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { readAny, temporaryFolder, writeAny } from "../support/files.js";
import { said } from "../support/refusals.js";
import { runs } from "../support/runs.js";

const { at } = temporaryFolder("times");
const SLOW = { timeout: 240_000 };
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** A way to write moments, and what is lost by it. */
interface Form {
  readonly name: string;
  readonly write: (time: Date) => string | number;
  /** Milliseconds that the form tells apart. */
  readonly unit: number;
  /** The same with day and month swapped, if that is a form as well. */
  readonly swapped?: (time: Date) => string;
  readonly strftime?: string;
}

const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");
const parts = (time: Date) => ({
  y: time.getUTCFullYear(),
  m: pad(time.getUTCMonth() + 1),
  d: pad(time.getUTCDate()),
  H: pad(time.getUTCHours()),
  M: pad(time.getUTCMinutes()),
  S: pad(time.getUTCSeconds()),
  f: pad(time.getUTCMilliseconds(), 3),
});

type Parts = ReturnType<typeof parts>;
const form = (
  name: string,
  unit: number,
  write: (p: Parts) => string,
  more: Partial<Form> = {},
): Form => ({
  name,
  unit,
  write: (time) => write(parts(time)),
  ...more,
});

const dayFirst = (separator: string): Form =>
  form(`31${separator}12${separator}2013`, DAY, ({ y, m, d }) => [d, m, y].join(separator), {
    strftime: ["%d", "%m", "%Y"].join(separator),
    swapped: (time) => {
      const { y, m, d } = parts(time);
      return [m, d, y].join(separator);
    },
  });

const monthFirst = (separator: string): Form =>
  form(`12${separator}31${separator}2013`, DAY, ({ y, m, d }) => [m, d, y].join(separator), {
    strftime: ["%m", "%d", "%Y"].join(separator),
    swapped: (time) => {
      const { y, m, d } = parts(time);
      return [d, m, y].join(separator);
    },
  });

/** Minutes east of UTC as ISO 8601 writes them, and a moment on such clocks. */
const zoned = (time: Date, minutes: number): string => {
  const { y, m, d, H, M, S } = parts(new Date(time.getTime() + minutes * MINUTE));
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${y}-${m}-${d}T${H}:${M}:${S}${minutes < 0 ? "-" : "+"}${pad(hours)}:${pad(rest)}`;
};

const FORMS: readonly Form[] = [
  form("ISO dates", DAY, ({ y, m, d }) => `${y}-${m}-${d}`),
  form("dates without zeros", DAY, ({ y, m, d }) => `${y}-${Number(m)}-${Number(d)}`),
  form("2013/12/31", DAY, ({ y, m, d }) => `${y}/${m}/${d}`),
  form("2013.12.31", DAY, ({ y, m, d }) => `${y}.${m}.${d}`),
  form("text of digits", DAY, ({ y, m, d }) => `${y}${m}${d}`),
  {
    name: "digits",
    unit: DAY,
    write: (time) => Number(parts(time).y + parts(time).m + parts(time).d),
  },
  ...["/", ".", "-"].flatMap((separator) => [dayFirst(separator), monthFirst(separator)]),
  form("31 December 2013", DAY, ({ y, m, d }) => `${d} ${MONTHS[Number(m) - 1]} ${y}`),
  form("31-Dec-2013", DAY, ({ y, m, d }) => `${d}-${MONTHS[Number(m) - 1]?.slice(0, 3)}-${y}`),
  form(
    "Dec 31, 2013",
    DAY,
    ({ y, m, d }) => `${MONTHS[Number(m) - 1]?.slice(0, 3)} ${Number(d)}, ${y}`,
  ),
  form("ISO minutes", MINUTE, ({ y, m, d, H, M }) => `${y}-${m}-${d}T${H}:${M}`),
  form("times with a space", SECOND, ({ y, m, d, H, M, S }) => `${y}-${m}-${d} ${H}:${M}:${S}`),
  form("fractions", 1, ({ y, m, d, H, M, S, f }) => `${y}-${m}-${d}T${H}:${M}:${S}.${f}`),
  form(
    "fractions where there are some",
    1,
    ({ y, m, d, H, M, S, f }) => `${y}-${m}-${d} ${H}:${M}:${S}${f === "000" ? "" : `.${f}`}`,
  ),
  { name: "JSON", unit: 1, write: (time) => time.toISOString() },
  form("UTC", SECOND, ({ y, m, d, H, M, S }) => `${y}-${m}-${d} ${H}:${M}:${S} UTC`),
  // Text in another order than the moments: each has the offset of its own place.
  {
    name: "offsets",
    unit: SECOND,
    write: (time) => zoned(time, ((time.getTime() / SECOND) % 49) * 30 - 720),
  },
  form("digits with a time", SECOND, ({ y, m, d, H, M, S }) => `${y}${m}${d} ${H}${M}${S}`),
  form("14 digits", SECOND, ({ y, m, d, H, M, S }) => `${y}${m}${d}${H}${M}${S}`),
  form("12 digits", MINUTE, ({ y, m, d, H, M }) => `${y}${m}${d}${H}${M}`),
  { name: "seconds", unit: SECOND, write: (time) => time.getTime() / SECOND },
  { name: "milliseconds", unit: 1, write: (time) => time.getTime() },
  { name: "microseconds as text", unit: 1, write: (time) => `${time.getTime()}000` },
  { name: "nanoseconds as text", unit: 1, write: (time) => `${time.getTime()}000000` },
  form(
    "years first, half days",
    MINUTE,
    ({ y, m, d, H, M }) =>
      `${y}-${m}-${d} ${Number(H) % 12 || 12}:${M} ${Number(H) < 12 ? "AM" : "PM"}`,
  ),
];

/** Moments of a form, ascending and each once, all written with four digits of the year and ten of seconds. */
const momentsOf = ({ unit }: Form) => {
  const [from, to] = [Date.UTC(1975, 0, 1), Date.UTC(2099, 0, 1)].map((time) => time / unit);
  const near = fc
    .integer({ min: from as number, max: (to as number) - 200 })
    .chain((start) =>
      fc
        .uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 20 })
        .map((all) => all.map((step) => start + step)),
    );
  const far = fc.uniqueArray(fc.integer({ min: from as number, max: to as number }), {
    minLength: 2,
    maxLength: 20,
  });
  return fc
    .oneof(near, far)
    .map((all) => all.sort((a, b) => a - b).map((count) => new Date(count * unit)));
};

const anyForm = fc.constantFrom(...FORMS).chain((one) =>
  fc.record({
    form: fc.constant(one),
    moments: momentsOf(one),
    keys: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
  }),
);

/** Whether a form's texts can all be read the other way as well, and say something else there. */
function ambiguous({ write, swapped }: Form, moments: readonly Date[]): boolean {
  if (swapped === undefined) return false;
  return (
    moments.every((time) => time.getUTCDate() <= 12) &&
    moments.some((time) => write(time) !== swapped(time))
  );
}

const features = ["ema(2)"];
const pipeline = ta.pipeline({ features });
const closesOf = (moments: readonly Date[]) =>
  moments.map((time) => 100 + Math.sin(time.getTime()));

function frameOf(form: Form, moments: readonly Date[]): DataFrame {
  const close = pl.Series("close", closesOf(moments), pl.Float64);
  return pl.DataFrame([pl.Series("date", moments.map(form.write)), close]);
}

const emaOf = (frame: DataFrame) => frame.getColumn("ema_2").toArray();
const right = (moments: readonly Date[]) =>
  emaOf(pipeline.apply(pl.DataFrame({ close: closesOf(moments) })));

/** Times in the order of random keys. */
const inOrderOf = (keys: readonly number[], moments: readonly Date[]): Date[] =>
  moments
    .map((time, i) => ({ time, key: keys[i] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ time }) => time);

function writeCsv(path: string, form: Form, moments: readonly Date[]): void {
  const closes = closesOf(moments);
  const quoted = (value: string | number) =>
    typeof value === "string" && value.includes(",") ? `"${value}"` : value;
  const rows = moments.map((time, index) => `${quoted(form.write(time))},${closes[index]}`);
  writeFileSync(at(path), `date,close\n${rows.join("\n")}\n`);
}

const run = (input: string, out: string, more: Partial<ComputeFilesOptions> = {}) =>
  computeFiles({ inputs: at(input), out: at(out), pipeline, ...more });

test("frames: rows in order are computed, others refused, whatever the form", SLOW, () =>
  fc.assert(
    fc.asyncProperty(anyForm, async ({ form, moments, keys }) => {
      const shuffled = inOrderOf(keys, moments);
      const inOrder = shuffled.every((time, i) => time === moments[i]);
      const unclear = ambiguous(form, moments);
      const apply = (times: readonly Date[], more = {}) =>
        ta.pipeline({ features, ...more }).apply(frameOf(form, times));
      const first = await said(() => apply(moments));
      const other = await said(() => apply(shuffled));
      if (unclear) {
        for (const message of [first, other]) {
          expect(message).toMatch(/^pipeline: day and month of column "date" cannot be told apart/);
          expect(message).toContain(`timeFormat: "${form.strftime}"`);
        }
        const told = { timeFormat: form.strftime };
        expect(emaOf(apply(moments, told))).toEqual(right(moments));
        expect((await said(() => apply(shuffled, told))) === undefined).toBe(inOrder);
        return;
      }
      expect(first).toBeUndefined();
      expect(emaOf(apply(moments))).toEqual(right(moments));
      expect(other === undefined).toBe(inOrder);
      if (other) expect(other).toMatch(/column "date" (goes back|has the newest time first)/);
      // What the caller does not touch stays as it was.
      expect(apply(moments).getColumn("date").toArray()).toEqual(
        frameOf(form, moments).getColumn("date").toArray(),
      );
    }),
    { numRuns: runs(250) },
  ),
);

test("files: sorted by what they say, which becomes a dtype", SLOW, () =>
  fc.assert(
    fc.asyncProperty(anyForm, async ({ form, moments, keys }) => {
      const shuffled = inOrderOf(keys, moments);
      writeCsv("bars.csv", form, shuffled);
      const more = ambiguous(form, moments) && form.strftime ? { timeFormat: form.strftime } : {};
      if (more.timeFormat) {
        expect(await said(() => run("bars.csv", "x.parquet", { sort: true }))).toMatch(
          /cannot be told apart/,
        );
      }
      const message = await said(() => run("bars.csv", "plain.parquet", more));
      expect(message === undefined).toBe(shuffled.every((time, i) => time === moments[i]));
      await run("bars.csv", "sorted.parquet", { ...more, sort: true });
      const made = readAny(at("sorted.parquet"));
      const { variant } = made.schema.date as DataType;
      expect(variant).toBe(form.unit === DAY ? "Date" : "Datetime");
      const times = made
        .select(pl.col("date").cast(pl.Datetime("ms")).cast(pl.Int64))
        .getColumn("date")
        .toArray();
      expect(times.map(Number)).toEqual(moments.map((time) => time.getTime()));
      expect(emaOf(made)).toEqual(right(moments));
    }),
    { numRuns: runs(120) },
  ),
);

test("files with types keep their columns, and are sorted by what they say", SLOW, () =>
  fc.assert(
    fc.asyncProperty(anyForm, async ({ form, moments }) => {
      const backwards = frameOf(form, moments.toReversed());
      writeAny(backwards, at("typed.parquet"));
      const more = ambiguous(form, moments) && form.strftime ? { timeFormat: form.strftime } : {};
      expect(await said(() => run("typed.parquet", "x.parquet", more))).toMatch(
        /newest time first; sort them with sort: true$/,
      );
      await run("typed.parquet", "sorted.parquet", { ...more, sort: true });
      const made = readAny(at("sorted.parquet"));
      expect(made.getColumn("date").toArray()).toEqual(
        frameOf(form, moments).getColumn("date").toArray(),
      );
      expect(emaOf(made)).toEqual(right(moments));
    }),
    { numRuns: runs(60) },
  ),
);

describe("values that do not fit", () => {
  const say = (values: readonly unknown[], config: { time?: string; timeFormat?: string } = {}) =>
    said(() =>
      ta.pipeline({ features, ...config }).apply(
        pl.DataFrame([
          pl.Series("date", values as string[]),
          pl.Series(
            "close",
            values.map((_, i) => i + 0.5),
          ),
        ]),
      ),
    );

  test.each<[string, readonly unknown[], { timeFormat?: string }, string]>([
    [
      "a word among dates",
      ["2013-03-01", "2013-03-04", "n/a"],
      {},
      'pipeline: column "date" has "n/a" in row 2, which is no time of the form %Y-%m-%d that the rows before have; correct it, or say how times are written with timeFormat: "%Y-%m-%d"',
    ],
    [
      "both orders in one column",
      ["03/13/2013", "03/14/2013", "15/03/2013"],
      {},
      'pipeline: column "date" has "15/03/2013" in row 2, which is no time of the form %m/%d/%Y that the rows before have; correct it, or say how times are written with timeFormat: "%Y-%m-%d"',
    ],
    [
      "a day that is not",
      ["2013-02-28", "2013-02-29"],
      {},
      'pipeline: column "date" has "2013-02-29" in row 1, which is no time of the form %Y-%m-%d that the rows before have; correct it, or say how times are written with timeFormat: "%Y-%m-%d"',
    ],
    [
      "another form than the one given",
      ["01/03/2013", "2013-03-04"],
      { timeFormat: "%d/%m/%Y" },
      'pipeline: column "date" has "2013-03-04" in row 1, which is no time of the form %d/%m/%Y; correct it',
    ],
    [
      "a pattern that is none",
      ["01/03/2013"],
      { timeFormat: "%Q" },
      'pipeline: column "date" has "01/03/2013" in row 0, which is no time of the form %Q; correct it',
    ],
    [
      "no form at all",
      ["Q1", "Q2"],
      {},
      'pipeline: column "date" has "Q1", which is no time in a known form; say how it is written with timeFormat: "%Y-%m-%d", or which column has the times with the option time, or leave the order alone with time: false',
    ],
    [
      "times of day",
      ["09:30", "09:31"],
      {},
      'pipeline: column "date" has "09:30", a time of day without its date; make one column of both, or say which column has the times with the option time, or leave the order alone with time: false',
    ],
  ])("%s", async (_, values, config, sentence) => {
    expect(await say(values, config)).toBe(sentence);
  });

  test.each<[string, readonly number[], RegExp]>([
    ["days first", [1_032_013, 4_032_013], /has 1032013|has "1032013/],
    ["two units", [1_362_096_000, 1_362_182_400_000], /has "1362096000.0", which is no time/],
    ["dates that are not", [20_130_331, 20_130_332], /has "20130331.0", which is no time/],
    [
      "short dates",
      [991_231, 130_301],
      /has 130301, which may be a date or a count; .*timeFormat: "%y%m%d"/,
    ],
    ["fractions of nothing", [1.5, 2.5], /has "1.5", which is no time/],
  ])("numbers: %s", async (_, values, sentence) => {
    expect(await say(values)).toMatch(sentence);
  });

  test("numbers that count are in order or not", async () => {
    expect(await say([1, 2, 3])).toBeUndefined();
    expect(await say([1, 3, 2])).toMatch(/goes back from 3.0 to 2.0 in row 2/);
  });

  test("two digits of a year are read where only one way is left", async () => {
    expect(await say(["12/30/13", "12/31/13"])).toBeUndefined();
    expect(await say(["01/02/13", "02/02/13"])).toMatch(
      /cannot be told apart, "01\/02\/13" may be/,
    );
  });

  test("spaces around a time are no part of it", async () => {
    expect(await say([" 2013-03-01", "2013-03-04 "])).toBeUndefined();
    expect(await say(["2013-03-04", " 2013-03-01"])).toContain("newest time first");
  });

  test("days and months that say the same either way are no question", async () => {
    expect(await say(["01/01/2013", "02/02/2013"])).toBeUndefined();
  });
});

describe("the column of the times", () => {
  const base = (name: string, values: readonly unknown[]) => pl.Series(name, values as string[]);
  const close = pl.Series("close", [1, 2, 3]);
  const back = ["2013-03-03", "2013-03-02", "2013-03-01"];
  const forth = back.toReversed();
  const say = (columns: readonly Series[], config = {}) =>
    said(() => ta.pipeline({ features, ...config }).apply(pl.DataFrame([...columns, close])));
  const dated = (name: string, values: readonly string[]) =>
    pl
      .DataFrame([base(name, values)])
      .select(pl.col(name).str.strptime(pl.Date, "%Y-%m-%d"))
      .getColumn(name);

  test.each(["date", "Date", "DATE", "<DATE>", "Timestamp", "datetime", "Date/Time", "time"])(
    "is called %s",
    async (name) => {
      expect(await say([base(name, back)])).toContain(`column "${name}" has the newest time first`);
      expect(await say([base(name, forth), dated("expiry", back)])).toBeUndefined();
    },
  );

  test("is the only one with dates, under any name", async () => {
    expect(await say([dated("when", back)])).toContain('column "when" has the newest');
    expect(await say([base("when", back)])).toContain('column "when" has the newest');
    expect(await say([base("when", ["c", "b", "a"])])).toBeUndefined();
  });

  test.each(["ts", "bar_time", "Time (UTC)", "tradeDate", "closetime", "ts_event"])(
    "is %s, if that has numbers of times",
    async (name) => {
      for (const now of [1.4e9, 1.4e12, 20240102]) {
        for (const type of [pl.Int64, pl.Float64, pl.Utf8]) {
          const column = (steps: number[]) => {
            const numbers = steps.map((step) => now + step);
            return pl.Series(name, type === pl.Utf8 ? numbers.map(String) : numbers, type);
          };
          expect(await say([column([2, 1, 0])])).toContain(`column "${name}" has the newest time`);
          expect(await say([column([0, 1, 2])])).toBeUndefined();
          // A column with dates says more.
          expect(await say([column([2, 1, 0]), base("when", forth)])).toBeUndefined();
        }
      }
    },
  );

  test("is no other number", async () => {
    const numbers = (name: string, values: number[]) => pl.Series(name, values, pl.Float64);
    for (const name of ["turnover", "sentiment", "estimate", "tsx", "lots"]) {
      expect(await say([numbers(name, [1.4e9 + 2, 1.4e9 + 1, 1.4e9])])).toBeUndefined();
    }
    expect(await say([numbers("time_to_expiry", [30, 29, 28])])).toBeUndefined();
  });

  test("is the one that says more", async () => {
    const times = forth.map((day) => `${day}T09:30`);
    expect(
      await say([base("date", Array(3).fill(forth[0])), base("datetime", times)]),
    ).toBeUndefined();
    expect(await say([base("date", forth), base("time", ["09:30", "09:30", "09:30"])])).toMatch(
      /column "time" has "09:30", a time of day, and its date is in "date"; make one column of both$/,
    );
  });

  test("must be said where several may be meant", async () => {
    const several = [dated("opened", forth), dated("closed", back)];
    expect(await say(several)).toBe(
      'pipeline: several columns may hold the times, "opened", "closed"; say which with the option time, or leave the order alone with time: false',
    );
    expect(await say(several, { time: "opened" })).toBeUndefined();
    expect(await say(several, { time: "closed" })).toContain('column "closed" has the newest');
    expect(await say(several, { time: "close" })).toBeUndefined();
    expect(await say(several, { time: false })).toBeUndefined();
    expect(await say(several, { time: "when" })).toMatch(/^time is "when", which is no column/);
    expect(await say([], { timeFormat: "%Y" })).toBe(
      "pipeline: times are written %Y, but no column has any; say which one with the option time",
    );
  });
});

test("charts read them, too", async () => {
  const bars = (dates: readonly unknown[]) =>
    pl.DataFrame([
      pl.Series("date", dates as string[]),
      pl.Series(
        "close",
        dates.map((_, i) => i + 1),
      ),
    ]);
  expect(String(bars(["28.02.2013", "01.03.2013"]).ta.chart())).toBe(
    "Chart: 2 bars from 2013-02-28 to 2013-03-01",
  );
  expect(String(bars([1_362_009_600, 1_362_096_000]).ta.chart())).toBe(
    "Chart: 2 bars from 2013-02-28 to 2013-03-01",
  );
  expect(await said(() => bars(["01/02/2013", "01/03/2013"]).ta.chart())).toMatch(
    /cannot be told apart.*timeFormat: "%d\/%m\/%Y"/,
  );
  expect(String(bars(["01/02/2013", "01/03/2013"]).ta.chart({ timeFormat: "%d/%m/%Y" }))).toContain(
    "2013-02-01 to 2013-03-01",
  );
  expect(await said(() => bars(["01.03.2013", "28.02.2013"]).ta.chart())).toMatch(
    /has the newest time first/,
  );
});

test("commands take the form", SLOW, async () => {
  writeFileSync(at("unclear.csv"), "date,close\n01/03/2013,1\n04/03/2013,2\n05/03/2013,3\n");
  const cli = (...more: string[]) =>
    runNode([join(root, "plugin/command.mjs"), ...more], { cwd: at(".") });
  const compute = ["compute", "unclear.csv", "--indicators", "ema(2)", "--out", "o.csv"];
  expect(await cli(...compute)).toMatchObject({
    code: 1,
    stderr:
      'compute: day and month of column "date" cannot be told apart, "01/03/2013" may be %d/%m/%Y or %m/%d/%Y; say which with --time-format "%d/%m/%Y" or --time-format "%m/%d/%Y"\n',
  });
  expect(await cli(...compute, "--time-format", "%d/%m/%Y")).toMatchObject({ code: 0, stderr: "" });
  expect(readAny(at("o.csv")).getColumn("date").cast(pl.Utf8).toArray()).toEqual([
    "2013-03-01",
    "2013-03-04",
    "2013-03-05",
  ]);
  const chart = ["chart", "unclear.csv", "--out", "c.json"];
  expect((await cli(...chart)).stderr).toMatch(
    /^chart: day and month .* --time-format "%d\/%m\/%Y" or/,
  );
  expect(await cli(...chart, "--time-format", "%m/%d/%Y")).toMatchObject({ code: 0, stderr: "" });
});

test("files without types beside files with types have the same dates", async () => {
  const days = ["2013-03-01", "2013-03-04"];
  const typed = pl
    .DataFrame({ date: days, close: [1.5, 2.5] })
    .withColumns(pl.col("date").str.strptime(pl.Date, "%Y-%m-%d"));
  writeAny(typed, at("mixed-1.parquet"));
  writeFileSync(at("mixed-2.csv"), "date,close\n2013-03-05,3.5\n2013-03-06,4.5\n");
  const inputs = [at("mixed-1.parquet"), at("mixed-2.csv")];
  await computeFiles({ inputs, pipeline, out: at("mixed.parquet") });
  expect(readAny(at("mixed.parquet")).getColumn("date").cast(pl.Utf8).toArray()).toEqual([
    ...days,
    "2013-03-05",
    "2013-03-06",
  ]);
  const turned = { inputs: inputs.toReversed(), pipeline, out: at("x.parquet") };
  expect(await said(() => computeFiles(turned))).toMatch(
    /goes back from "2013-03-06" to "2013-03-01" in row 2/,
  );
});
