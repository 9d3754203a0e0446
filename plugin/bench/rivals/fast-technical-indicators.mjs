// fast-technical-indicators, which has the functions of technicalindicators.
import { createRequire } from "node:module";
import { compatible } from "./compatible.mjs";

// `import` fails: its package.json declares its ES module as CommonJS.
const library = createRequire(import.meta.url)("fast-technical-indicators");

export const input = "arrays";
export const { call, columns, because } = compatible(library);
