// fast-technical-indicators, which has the functions of technicalindicators.
import { createRequire } from "node:module";
import { compatible } from "./compatible.mjs";

// What it has for `import` is a module in a package that says it has none.
const library = createRequire(import.meta.url)("fast-technical-indicators");

export const input = "arrays";
export const { call, columns, because } = compatible(library);
