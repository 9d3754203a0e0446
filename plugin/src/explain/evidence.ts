/**
 * Reads `data/evidence.json`: how indicators are tested, and their names elsewhere. `npm run gen`
 * writes it.
 */

import { readFileSync } from "node:fs";

/** How an indicator is tested, and its names elsewhere. */
export interface Evidence {
  /** The references that its values are checked against. */
  readonly oracles: readonly string[];
  /** The largest difference from its reference in any golden case, in units of the tolerance. */
  readonly error?: "exact" | number;
  /** Its names in other libraries. */
  readonly elsewhere?: Readonly<Record<string, readonly string[]>>;
  /** Differences between libraries. */
  readonly notes?: readonly string[];
}

interface Document {
  readonly tolerance: { readonly rtol: number; readonly atol: number };
  readonly indicators: Readonly<Record<string, Evidence>>;
}

let document: Document | undefined;

/** The evidence for an indicator, and the tolerance. The file is read on first use. */
export function evidence(id: string): Evidence & { readonly tolerance: number } {
  const file = new URL("../../data/evidence.json", import.meta.url);
  document ??= JSON.parse(readFileSync(file, "utf8")) as Document;
  const known = document.indicators[id] ?? { oracles: [] };
  return { ...known, tolerance: document.tolerance.rtol };
}
