/** What is known of the indicators beside the catalog; `npm run gen` writes it. */

import { readFileSync } from "node:fs";

/** What is known of one indicator beside its catalog entry. */
export interface Evidence {
  /** What its values are checked against. */
  readonly oracles: readonly string[];
  /** The largest difference from that in any golden case, in units of the tolerance. */
  readonly error?: "exact" | number;
  /** Its names in other libraries. */
  readonly elsewhere?: Readonly<Record<string, readonly string[]>>;
  /** What differs between the libraries. */
  readonly notes?: readonly string[];
}

interface Document {
  readonly tolerance: { readonly rtol: number; readonly atol: number };
  readonly indicators: Readonly<Record<string, Evidence>>;
}

let document: Document | undefined;

/** The evidence for an indicator, and the tolerance. Read when it is first asked for. */
export function evidence(id: string): Evidence & { readonly tolerance: number } {
  const file = new URL("../../data/evidence.json", import.meta.url);
  document ??= JSON.parse(readFileSync(file, "utf8")) as Document;
  const known = document.indicators[id] ?? { oracles: [] };
  return { ...known, tolerance: document.tolerance.rtol };
}
