// The size of the addon and of the npm package.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, runNpm } from "../../tools/process.mjs";
import { verdict } from "../rows.mjs";

export const title = "Size";

const columns = [
  { key: "case", label: "what" },
  { key: "bytes", label: "bytes" },
];

export async function measure() {
  const addon = addonBytes();
  const { size, unpackedSize } = await packed();
  const rows = [
    { case: "the addon", bytes: addon },
    { case: "the npm package without addon, unpacked", bytes: unpackedSize },
    { case: "the npm package without addon, packed", bytes: size },
  ];
  const verdicts = [
    verdict(9, "the addon, MB", addon / 1e6, 8),
    verdict(9, "the npm package without addon, MB", unpackedSize / 1e6, 1),
  ];
  return { parts: [{ columns, rows }], verdicts };
}

function addonBytes() {
  const folder = join(root, "plugin/native");
  const names = readdirSync(folder).filter((name) => name.endsWith(".node"));
  return Math.max(...names.map((name) => statSync(join(folder, name)).size));
}

async function packed() {
  let text = "";
  const code = await runNpm(["pack", "--dry-run", "--json", "--loglevel=error"], {
    cwd: join(root, "plugin"),
    onStdoutLine: (line) => {
      text += line;
    },
  });
  if (code !== 0) throw new Failure("npm pack failed.", code);
  const [found] = Object.values(JSON.parse(text));
  return found;
}
