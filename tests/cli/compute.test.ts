/** `compute`, `explain`, `pipeline check` and `pipeline export` as processes of their own. */

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test, vi } from "vitest";
import { progressOn } from "../../plugin/dist/cli/progress.js";
import { root, runNode } from "../support/child.js";
import { expectFrame, readAny, stocks, temporaryFolder, writeAny } from "../support/files.js";
import { camelCase } from "../support/surface.js";
import { lookingAhead } from "../support/texts.js";

const { at, list } = temporaryFolder("cli");
const main = join(root, "plugin/command.mjs");
const bars = stocks();
const csv = at("bars.csv");
writeAny(bars, csv);

const cli = (...args: string[]) => runNode([main, ...args], { cwd: at(".") });

/** The output of a command that must succeed without a word on standard error. */
async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const config = {
  over: "symbol",
  features: ["rsi(14)", { id: "ema", params: { period: [5, 10] } }, "macd.histogram as h"],
};
writeFileSync(at("features.json"), JSON.stringify(config));
writeFileSync(
  at("features.yaml"),
  "over: symbol\nfeatures:\n  - rsi(14)\n  - id: ema\n    params: { period: [5, 10] }\n  - macd.histogram as h\n",
);

describe("compute", () => {
  test("an option with a wrong value is wrong usage, in the words of a shell", async () => {
    const args = ["bars.csv", "--indicators", "rsi", "--out", "no.csv", "--time-format", ""];
    const { code, stderr } = await cli("compute", ...args);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'compute: --time-format must be a pattern of strftime, such as "%d/%m/%Y", got ""\n',
    });
  });

  test.each(["features.json", "features.yaml"])("features of %s", async (file) => {
    const text = await output("compute", "bars.csv", "--features", file, "--out", "out.parquet");
    const wanted = ta.pipeline(config).apply(bars);
    expect(text).toBe("out.parquet: 10,006 rows, 11 columns\n");
    expectFrame(readAny(at("out.parquet")), wanted);
  });

  test("indicators of a list, with every option", async () => {
    writeAny(bars.rename({ close: "adj_close" }).reverse(), at("other.parquet"));
    const list = "rsi(14), bbands(20, 2) as bb";
    const options = ["--over", "symbol", "--columns", "close=adj_close", "--unnest", "--sort"];
    const more = ["--missing", "propagate", "--time", "date", "--keep", "symbol,date", "--quiet"];
    const args = ["other.parquet", "--indicators", list, ...options, ...more, "--out", "o.arrow"];
    expect(await output("compute", ...args, "--memory", "1GB")).toBe("");
    const pipeline = ta.pipeline({
      over: "symbol",
      inputs: { close: "adj_close" },
      missing: "propagate",
      unnest: true,
      features: ["rsi(14)", "bbands(20, 2) as bb"],
    });
    const ordered = readAny(at("other.parquet")).sort(["symbol", "date"]);
    expectFrame(readAny(at("o.arrow")), pipeline.apply(ordered, { keep: ["symbol", "date"] }));
  });

  test("options go before what the file says", async () => {
    const args = ["bars.csv", "--features", "features.json", "--over", "symbol,date"];
    await output("compute", ...args, "--quiet", "--out", "single.parquet");
    expect(readAny(at("single.parquet")).getColumn("rsi_14").nullCount()).toBe(bars.height);
  });

  test("says how far it is, what it notices and where the time goes, on standard error", async () => {
    const args = ["bars.csv", "--features", "features.json", "--out", "p.csv", "--progress"];
    const { code, stdout, stderr } = await cli("compute", ...args, "--trace");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^p\.csv: /);
    expect(stderr).toMatch(/^computing 10006 of 10006(, \d+ s)?$/m);
    expect(stderr).toMatch(/kernels/);
    expect(stderr).not.toContain("\u001b");
    writeAny(bars.drop("date"), at("timeless.csv"));
    const timeless = await cli("compute", "timeless.csv", "--indicators", "rsi", "--out", "t.csv");
    expect(timeless).toMatchObject({
      code: 0,
      stderr: "note: the order of the bars is not checked: no column has times\n",
    });
  });
});

describe("progress", () => {
  const viewOn = (isTTY: boolean) => {
    const lines: string[] = [];
    const write = (text: string) => lines.push(text) > 0;
    return { lines, view: progressOn({ isTTY, write } as unknown as NodeJS.WriteStream) };
  };
  const written = (isTTY: boolean) => {
    const { lines, view } = viewOn(isTTY);
    view.show({ phase: "compute", done: 250, total: 1000 });
    view.show({ phase: "join", done: 1000, total: 1000 });
    view.end();
    return lines;
  };

  test("is a bar that is drawn over on a terminal, and gone in the end", () => {
    const back = "\r\u001b[K";
    expect(written(true)).toEqual([
      `${back}██████░░░░░░░░░░░░░░░░░░  25% computing  1,000 rows`,
      `${back}████████████████████████ 100% writing  1,000 rows`,
      back,
    ]);
  });

  test("is lines elsewhere", () => {
    expect(written(false)).toEqual(["computing 250 of 1000\n", "writing 1000 of 1000\n"]);
  });

  test.each([true, false])("moves each second while there is nothing new (terminal: %s)", (tty) => {
    vi.useFakeTimers();
    try {
      const { lines, view } = viewOn(tty);
      vi.advanceTimersByTime(2_000);
      view.show({ phase: "compute", done: 0, total: 1000 });
      vi.advanceTimersByTime(3_000);
      const seconds = lines.flatMap((line) => /, (\d+) s/.exec(line)?.[1] ?? []).map(Number);
      expect(seconds).toEqual([1, 2, 2, 3, 4, 5]);
      expect(lines[0]).toMatch(/opening\n?$/);
      view.end();
      const count = lines.length;
      vi.advanceTimersByTime(5_000);
      expect(lines).toHaveLength(count);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("exit codes", () => {
  const refused = async (...args: string[]) => {
    const before = list();
    const { code, stdout, stderr } = await cli(...args);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
    expect(list()).toEqual(before);
    return { code, stderr };
  };
  const compute = (...args: string[]) => refused("compute", "bars.csv", "--out", "x.csv", ...args);

  test("2 for wrong usage, with one sentence", async () => {
    expect(await compute()).toEqual({
      code: 2,
      stderr: "give either --features, a file, or --indicators, a list\n",
    });
    expect((await compute("--indicators", "rsi", "--features", "features.json")).code).toBe(2);
    expect(await compute("--indicators", "rsi(14")).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^the text ends where .* is expected, at character 7\n/),
    });
    expect(await compute("--indicators", "rsj(14)")).toEqual({
      code: 2,
      stderr: expect.stringMatching(/rsj.*did you mean .*"rsi"/),
    });
    expect(await compute("--indicators", "rsi", "--columns", "close")).toEqual({
      code: 2,
      stderr: '--columns takes name=column, separated by commas, got "close"\n',
    });
    expect(await compute("--indicators", "rsi", "--memory", "lots")).toEqual({
      code: 2,
      stderr: '--memory must be an amount such as 512MB or 2GB, got "lots"\n',
    });
    expect((await compute("--indicators", "rsi", "--missing", "never")).code).toBe(2);
    expect((await compute("--indicators", "rsi", "--no-such-option")).code).toBe(2);
    expect((await compute("--features", "nothing.yaml")).code).toBe(2);
    expect((await compute("--indicators", "rsi", "--out", "x.xls")).code).toBe(2);
    expect((await refused("compute", "bars.csv", "--indicators", "rsi")).code).toBe(2);
  });

  test("1 for data that cannot be computed, with one sentence", async () => {
    for (const args of [
      ["compute", "nothing.csv", "--indicators", "rsi", "--out", "x.csv"],
      ["compute", "bars.csv", "--indicators", "rsi", "--over", "sector", "--out", "x.csv"],
      ["compute", "bars.csv", "--indicators", "sma(nowhere, 3)", "--out", "x.csv"],
      ["compute", "bars.csv", "--indicators", "rsi", "--out", "nowhere/x.csv"],
    ]) {
      const { code, stderr } = await refused(...args);
      expect({ args, code }).toEqual({ args, code: 1 });
      expect(stderr).toMatch(/^[^\n]+\n$/);
    }
  });

  test("0 where the reader has seen enough", async () => {
    const { code, stderr } = await new Promise<{ code: number | null; stderr: string }>((done) => {
      const child = spawn(process.execPath, [main, "catalog", "--json"]);
      let stderr = "";
      child.stderr.on("data", (text) => {
        stderr += text;
      });
      child.stdout.once("data", () => child.stdout.destroy());
      child.on("close", (code) => done({ code, stderr }));
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

describe.skipIf(process.platform === "win32")("an interrupted run", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s ends at once, leaves nothing and changes nothing",
    async (signal) => {
      writeFileSync(at("kept.csv"), "as it was");
      // Many small pieces take long enough to be interrupted among them.
      const args = [
        "--indicators",
        "rsi, macd, bbands",
        "--over",
        "symbol,date",
        "--memory",
        "1MB",
      ];
      const more = ["--out", "kept.csv", "--progress"];
      const child = spawn(process.execPath, [main, "compute", "bars.csv", ...args, ...more], {
        cwd: at("."),
      });
      const by = await new Promise<string | null>((done) => {
        // The folder of the unfinished run is there when the first line comes.
        child.stderr.once("data", () => child.kill(signal));
        child.on("close", (_, ended) => done(ended));
      });
      expect(by).toBe(signal);
      expect(readFileSync(at("kept.csv"), "utf8")).toBe("as it was");
      expect(list().filter((name) => name.startsWith("."))).toEqual([]);
    },
  );
});

describe("pipeline check", () => {
  test("says what a configuration makes and needs", async () => {
    const text = await output("pipeline", "check", "features.yaml", "--files", basename(csv));
    const { lookback, stableAfter } = ta.pipeline(config);
    expect(text).toBe(
      [
        "4 features within symbol: rsi_14, ema_5, ema_10, h",
        "reads close",
        `complete after ${lookback} rows, stable after ${stableAfter} rows`,
        "",
      ].join("\n"),
    );
  });

  test("--json spells everything out, and makes the same pipeline", async () => {
    const text = await output("pipeline", "check", "features.json", "--json");
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(ta.pipeline(config))));
  });

  test("refuses what does not fit the files", async () => {
    writeFileSync(at("volume.yaml"), "features:\n  - sma(volumes, 3)\n");
    const { code, stderr } = await cli("pipeline", "check", "volume.yaml", "--files", "bars.csv");
    expect(code).toBe(1);
    expect(stderr).toMatch(/reads "volumes", which is no column.*did you mean "volume"/);
  });
});

describe("pipeline export", () => {
  const written = `${JSON.stringify(ta.pipeline(config), null, 2)}\n`;

  test("writes the configuration without defaults, of a file or of a module", async () => {
    expect(await output("pipeline", "export", "features.yaml")).toBe(written);
    writeFileSync(at("config.mjs"), `export default ${JSON.stringify(config)};\n`);
    const plugin = JSON.stringify(join(root, "plugin/dist/index.js"));
    writeFileSync(
      at("pipeline.mjs"),
      `import { ta } from ${plugin};\nexport default ta.pipeline(${JSON.stringify(config)});\n`,
    );
    for (const file of ["config.mjs", "pipeline.mjs"]) {
      const text = await output("pipeline", "export", file, "--out", "made.json");
      expect(text).toBe("made.json: 4 features\n");
      expect(readFileSync(at("made.json"), "utf8")).toBe(written);
    }
  });

  test("refuses what has no configuration", async () => {
    writeFileSync(at("empty.mjs"), "export const a = 1;\n");
    for (const [file, said] of [
      ["empty.mjs", '"empty.mjs" has no default export; export a pipeline or its configuration'],
      ["bars.csv", '"bars.csv" is neither a configuration (.json, .yaml, .yml) nor a module'],
      ["no.yaml", 'there is no file "no.yaml"'],
    ] as const) {
      const { code, stderr } = await cli("pipeline", "export", file);
      expect(code).toBe(1);
      expect(stderr.replace(/\s+/g, " ")).toContain(said);
    }
  });
});

test("chart draws bars and indicators of files", async () => {
  const args = ["--symbol", "IBM", "--last", "60", "--indicators", "rsi(7), bbands(20, 2)"];
  for (const out of ["c.html", "c.svg", "c.json"]) {
    const text = await output("chart", "bars.csv", ...args, "--theme", "dark", "--out", out);
    expect(text).toBe(`${out}: a chart with 2 indicators\n`);
    expect(readFileSync(at(out), "utf8")).toContain("rsi_7");
  }
  const several = await cli("chart", "bars.csv", "--out", "d.html");
  expect(several.code).toBe(1);
  expect(several.stderr).toMatch(/^[^\n]*AAPL[^\n]*\n$/);
  expect(several.stderr).toMatch(/; say whose with --symbol AAPL\n$/);
  expect((await cli("chart", "bars.csv", "--last", "few", "--out", "d.html")).code).toBe(2);
  expect((await cli("chart", "bars.csv", "--indicators", "rsi(", "--out", "d.html")).code).toBe(2);
  expect(list()).not.toContain("d.html");
});

test("chart takes other symbols and a scale", async () => {
  const args = ["--symbol", "IBM", "--compare", "MSFT, AAPL", "--scale", "log", "--last", "60"];
  await output("chart", "bars.csv", ...args, "--out", "e.svg");
  const svg = readFileSync(at("e.svg"), "utf8");
  for (const symbol of ["IBM", "MSFT", "AAPL"]) expect(svg).toContain(`>${symbol}<`);
  expect(svg).toMatch(/>[+-]\d+\.\d\d%</);
  const own = await cli(
    "chart",
    "bars.csv",
    "--symbol",
    "IBM",
    "--compare",
    "IBM",
    "--out",
    "d.svg",
  );
  expect(own.stderr).toBe(
    'chart: --compare has "IBM", which the chart draws itself; name other symbols\n',
  );
  for (const wrong of [
    ["--compare", "MSFT,,"],
    ["--scale", "square"],
  ]) {
    expect((await cli("chart", "bars.csv", ...wrong, "--out", "d.svg")).code).toBe(2);
  }
});

test("chart looks at everything that costs nothing before it reads a row", async () => {
  // A value that is no number, far down, is found by whoever reads the rows and by nobody else.
  const rows = Array.from({ length: 12_000 }, (_, i) => `A,${i}`);
  writeFileSync(at("unread.csv"), ["symbol,close", ...rows, "A,oops", ""].join("\n"));
  const says = async (...args: string[]) => {
    const { code, stdout, stderr } = await cli("chart", "unread.csv", ...args);
    expect(stdout).toBe("");
    return { code, stderr };
  };
  expect(await says("--out", "d.pdf")).toEqual({
    code: 2,
    stderr:
      'chart: "d.pdf" ends with none of .html, .svg, .png, .json, so its format is not known\n',
  });
  expect((await cli("chart", "nothing.csv", "--out", "d.pdf")).code).toBe(2);
  expect((await says("--out", "no/d.svg")).stderr).toMatch(/cannot be written: there is no dir/);
  const unknown = await says("--indicators", "rsi, rsj", "--out", "d.svg");
  expect(unknown.stderr).toMatch(/"rsj" is no column, and unknown indicator "rsj" \(did you mean/);
  expect((await says("--by", "sector", "--out", "d.svg")).stderr).toMatch(/--by is "sector"/);
  expect((await says("--time", "when", "--out", "d.svg")).stderr).toMatch(/--time is "when"/);
  expect((await says("--columns", "close=last", "--out", "d.svg")).stderr).toMatch(/"last"/);
  expect(await says("--out", "d.svg")).toEqual({
    code: 1,
    stderr:
      '"unread.csv" has "oops" in row 12001 of column "close": a number is needed; if it stands for a missing one, say so with --null-value oops\n',
  });
});

test("advice is in the words of a shell", async () => {
  const compute = async (...args: string[]) =>
    (await cli("compute", "bars.csv", "--out", "x.csv", ...args)).stderr;
  const [ahead] = lookingAhead;
  const rows = ahead && ta.explain(ahead.id, { [ahead.flag]: !ahead.usual }).lookahead;
  expect(await compute("--indicators", `rsi, ${ahead?.text}`)).toBe(
    `feature 2: ${ahead?.id} needs ${rows} later rows; if that is wanted, allow it with --allow-lookahead ${ahead?.id}, else leave ${camelCase(ahead?.flag ?? "")} at ${ahead?.usual}\n`,
  );
  expect(await compute("--indicators", "rsi", "--allow-lookahead", "none_such_at_all")).toBe(
    '--allow-lookahead: unknown indicator "none_such_at_all"\n',
  );
  expect(await compute("--indicators", "rsi, rsi")).toMatch(/is also that of feature 1; /);
  expect(await compute("--indicators", "rsi", "--keep", "all_of_it")).toBe(
    '--keep has "all_of_it", which is no column of the files\n',
  );
  expect(await compute("--indicators", "rsi", "--over", "sector")).toMatch(
    /^--over is "sector", which is no column of the files; they have "symbol", /,
  );
});

test("explain says what an expression computes", async () => {
  const expression = "sma(rsi(14), 5)";
  const text = await output("explain", expression);
  expect(text.trimEnd()).toBe(ta.pipeline({ features: [expression] }).explain());
  expect((await output("explain", "rsi")).trimEnd()).toBe(String(ta.explain("rsi")));
  expect((await cli("explain", "no_such_thing")).code).toBe(2);
});
