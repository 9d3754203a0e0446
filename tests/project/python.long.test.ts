/** The Python environments of tools: made when missing or of another list; one sentence when that cannot be. */

import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { childScript, type Ended, root, runNode } from "../support/child.js";

const temporary = mkdtempSync(join(root, "node_modules/.nodejs-polars-ta/python-"));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A folder with a list of packages. */
function folderWith(name: string, requirements: string): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "requirements.txt"), requirements);
  return folder;
}

/** Installs as the tools do; prints the Python, or the sentence of the failure. */
function install(folder: string, env: Record<string, string> = {}): Promise<Ended> {
  const source = `
    import { installPython } from "./plugin/tools/python.mjs";
    import { Failure } from "./plugin/tools/process.mjs";
    try {
      console.log(await installPython(${JSON.stringify(relative(root, folder))}, "the tools"));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(error.message);
      process.exitCode = error.exitCode;
    }`;
  return runNode(childScript(source), { env });
}

test("an environment is made once, and again for another list", { timeout: 120_000 }, async () => {
  const folder = folderWith("made", "# none\n");
  const first = await install(folder);
  expect(first.stderr.replace(/^WARNING.*$/gm, "").trim()).toBe("");
  const [line, python = ""] = first.stdout.trim().split("\n");
  expect(line).toBe("• installing the tools");
  expect(python.startsWith(folder)).toBe(true);
  const { mtimeMs } = statSync(join(folder, ".venv/pyvenv.cfg"));

  expect((await install(folder)).stdout.trim()).toBe(python);
  expect(statSync(join(folder, ".venv/pyvenv.cfg")).mtimeMs).toBe(mtimeMs);

  writeFileSync(join(folder, "requirements.txt"), "# still none\n");
  expect((await install(folder)).stdout).toContain("• installing the tools");
});

test("without Python there is one sentence, and a failure", async () => {
  const { code, stderr } = await install(folderWith("none", ""), { PATH: temporary });
  expect([code, stderr.trim()]).toEqual([
    1,
    expect.stringMatching(
      /^Python 3\.11 or newer with venv is needed for the tools, and python3? was not found\.$/,
    ),
  ]);
});

test.skipIf(process.platform === "win32")("so there is with an old one", async () => {
  const folder = folderWith("old", "");
  const python = join(folder, "python3");
  writeFileSync(python, "#!/bin/sh\necho 3.9.2\n");
  chmodSync(python, 0o755);
  const { code, stderr } = await install(folder, { PATH: `${folder}:${process.env.PATH}` });
  expect([code, stderr.trim()]).toEqual([
    1,
    "Python 3.11 or newer with venv is needed for the tools, and python3 is 3.9.2.",
  ]);
});

test("a list that cannot be installed fails, and is tried again", {
  timeout: 120_000,
}, async () => {
  const folder = folderWith("wrong", "./no-such-wheel-1.0-py3-none-any.whl\n");
  for (const _ of [1, 2]) {
    const { code, stdout, stderr } = await install(folder);
    expect(code).toBe(1);
    expect(stdout).toContain("• installing the tools");
    expect(stderr.trim().split("\n").at(-1)).toMatch(/^pip could not install .*\.txt\.$/);
  }
});
