// `npm run bench`: measures, prints tables, and writes them to files if asked.
import { writeFileSync } from "node:fs";
import { Failure, say } from "../tools/process.mjs";
import { environment } from "./environment.mjs";
import {
  installNativeHost,
  installNpmRivals,
  installOurWheel,
  installPythonRivals,
  installRustRivals,
  installSpark,
} from "./install.mjs";
import { readOptions } from "./options.mjs";
import { updatePage } from "./page.mjs";
import { report } from "./report.mjs";
import { endAll } from "./sides.mjs";
import { measureTable, tables, usual } from "./tables.mjs";

async function main() {
  const options = readOptions(process.argv.slice(2), Object.keys(tables), usual);
  // With JSON on stdout, other output goes to stderr.
  if (options.json === true) console.log = console.error;
  if (options.rivals) await installNpmRivals();
  if (options.python) await installPythonRivals();
  if (options.rivals && options.tables.includes("live")) await installRustRivals();
  if (options.tables.includes("native")) await installNativeHost();
  if (options.python && options.tables.includes("native")) await installOurWheel();
  if (options.python && options.tables.includes("spark")) await installSpark();

  const results = { environment: await environment(options), tables: [] };
  for (const name of options.tables) {
    say(`table ${name}`);
    results.tables.push(await measureTable(name, options));
    await endAll();
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else console.log(`\n${report(results)}`);
  if (typeof options.json === "string") {
    writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  }
  if (options.update) updatePage(results);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
} finally {
  await endAll();
}
