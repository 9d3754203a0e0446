/** Tables of apache-arrow as they look from outside: these declarations need none of its own. */

/** The columns of a table. */
export interface ArrowSchema {
  /** One for each column. */
  readonly fields: readonly ArrowField[];
}

/** A column of a table. */
export interface ArrowField {
  /** Its name. */
  readonly name: PropertyKey;
}

/** A table of apache-arrow, of whichever copy and version. */
export interface ArrowTable {
  /** What its columns are. */
  readonly schema: ArrowSchema;
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
