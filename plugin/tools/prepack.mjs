// README and licence are in the root. The package gets copies while it is packed.
import { copyFileSync, rmSync } from "node:fs";

for (const name of ["README.md", "LICENSE"]) {
  const copy = new URL(`../${name}`, import.meta.url);
  if (process.argv.includes("--remove")) rmSync(copy, { force: true });
  else copyFileSync(new URL(`../../${name}`, import.meta.url), copy);
}
