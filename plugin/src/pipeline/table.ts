/** Tables of apache-arrow as they look from outside: these declarations need none of its own. */

/** A table of apache-arrow, of whichever copy and version. */
export interface ArrowTable {
  /** Its columns: their names. */
  readonly schema: { readonly fields: readonly { readonly name: PropertyKey }[] };
  /** The pieces that its rows stand in. */
  readonly batches: readonly unknown[];
  /** The table with the columns of another. */
  assign(other: never): unknown;
}

/** A table of the same class with columns that only the program's run can name. */
export type WithFeatures<Table extends ArrowTable> = ReturnType<Table["assign"]>;

/** Whether a value is a table of apache-arrow, of whichever copy. */
export function isTable(value: unknown): value is ArrowTable {
  const { schema, batches } = (value ?? {}) as Partial<ArrowTable>;
  return Array.isArray(batches) && Array.isArray(schema?.fields);
}
