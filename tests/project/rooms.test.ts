/** The rooms of the plugin: imports go down only, and never in a circle. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/child.js";

/** From the ground up: a room may import those before it. */
const ROOMS = [
  ["core", "generated"],
  ["polars"],
  ["language", "arrays"],
  ["exchange"],
  ["lazy"],
  ["times"],
  ["notebook"],
  ["pipeline"],
  ["live"],
  ["explain"],
  ["chart"],
  ["check"],
  ["bars"],
  ["api"],
  ["arrow"],
  ["files"],
  ["cli"],
  // The entries of the package.
  ["."],
] as const;

/** Rooms that work without nodejs-polars. */
const WITHOUT_POLARS = ["core", "generated", "language", "arrays", "arrow"];

const source = join(root, "plugin/src");

/** What `#addon` may be; package.json says where. */
const PLATFORMS = ["core/platform/node.ts", "core/platform/browser.ts"];

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"));

const roomOf = (file: string): string => (file.includes("/") ? (file.split("/", 1)[0] ?? "") : ".");

const level = (room: string): number =>
  ROOMS.findIndex((rooms) => (rooms as readonly string[]).includes(room));

interface Import {
  readonly from: string;
  readonly to: string;
  /** Types are gone when the program runs. */
  readonly types: boolean;
}

/** What a file imports of the others, `require` and `import()` included; comments are none. */
function importsOf(from: string): Import[] {
  const code = readFileSync(join(source, from), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const found = code.matchAll(
    /(?:(import|export)(\s+type)?\b[^;"'`]*?|\()\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g,
  );
  // Vega's own file is beside Vega.
  const ours = [...found].filter(([, , , path]) => path !== "./vega.min.js");
  const platforms = code.includes('from "#addon"') ? PLATFORMS : [];
  return [
    ...platforms.map((to) => ({ from, to, types: false })),
    ...ours.map(([, , types, path = ""]) => ({
      from,
      to: `${normalize(join(dirname(from), path))
        .replaceAll("\\", "/")
        .slice(0, -3)}.ts`,
      types: types !== undefined,
    })),
  ];
}

const imports = files.flatMap(importsOf);

test("every file is in a room that is known, and every import leads to a file", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(500);
  expect(files.filter((file) => level(roomOf(file)) < 0)).toEqual([]);
  expect(imports.filter(({ to }) => !files.includes(to))).toEqual([]);
});

test("imports lead down", () => {
  const up = imports.filter(({ from, to }) => {
    const [a, b] = [roomOf(from), roomOf(to)];
    return (
      a !== b &&
      level(b) >= level(a) &&
      !(a === "core" && b === "generated") &&
      !(a === "generated" && b === "core")
    );
  });
  expect(up).toEqual([]);
});

/** The rooms that a room imports, besides `core` and `generated`, which all may. */
function neighboursOf(room: string): string[] {
  const others = imports
    .filter(({ from }) => roomOf(from) === room)
    .map(({ to }) => roomOf(to))
    .filter((to) => ![room, "core", "generated"].includes(to));
  return [...new Set(others)].sort();
}

const named = (text: string): string[] =>
  [...text.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name).sort();

test("every room imports the rooms that its page and the table of all rooms name", () => {
  const table = readFileSync(join(root, "docs/architecture.md"), "utf8");
  for (const room of ROOMS.flat().filter((name) => name !== "." && name !== "generated")) {
    const page = readFileSync(join(source, room, "README.md"), "utf8");
    const [, said = ""] = /^Imports (.*?)\. `tests/m.exec(page) ?? [];
    const row = new RegExp(`^\\| \`${room}\` \\| .* \\| (.*) \\|$`, "m").exec(table)?.[1] ?? "";
    const own = room === "core" ? ["generated"] : neighboursOf(room);
    expect(
      named(said).filter((name) => name !== "core"),
      room,
    ).toEqual(own);
    expect(named(row), `${room} in the table`).toEqual(own);
  }
});

test("what works without polars imports nothing that needs it", () => {
  for (const room of WITHOUT_POLARS) {
    expect(
      neighboursOf(room).filter((name) => !WITHOUT_POLARS.includes(name)),
      room,
    ).toEqual([]);
  }
});

test("the trees of polars have types in one room", () => {
  const trees = imports.filter(({ to }) => /^polars\/(tree|walk|ast)\.ts$/.test(to));
  const rooms = new Set(trees.map(({ from }) => roomOf(from)));
  expect([...rooms].sort()).toEqual(["chart", "exchange", "explain", "lazy", "polars", "times"]);
});

test("no files wait for each other", () => {
  const after = new Map(files.map((file) => [file, [] as string[]]));
  for (const { from, to, types } of imports) if (!types) after.get(from)?.push(to);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" > "));
    if (done.has(file) || path.includes(file)) return;
    for (const next of after.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test("tests are in the folder of their room", () => {
  const others = ["catalog", "native", "parity", "project", "python"];
  const suites = readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".test.ts"));
  const rooms = new Set(suites.map(roomOf));
  expect([...rooms].filter((room) => level(room) < 0 && !others.includes(room))).toEqual([]);
  const untested = ROOMS.flat().filter((room) => room !== "generated" && !rooms.has(room));
  expect(untested).toEqual(["."]);
});
