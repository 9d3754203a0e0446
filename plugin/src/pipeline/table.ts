/**
 * The shape of apache-arrow tables. Declared here, so that these declarations do not need
 * apache-arrow.
 */

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

/** A table of any copy and version of apache-arrow. */
export interface ArrowTable {
  /** Its columns. */
  readonly schema: ArrowSchema;
  /** The pieces that contain its rows. */
  readonly batches: readonly unknown[];
  /** Adds the columns of another table. */
  assign(other: never): unknown;
}

/** A table of the same class, with columns that are not known at compile time. */
export type WithFeatures<Table extends ArrowTable> = ReturnType<Table["assign"]>;

/** Whether a value is a table of any copy of apache-arrow. */
export function isTable(value: unknown): value is ArrowTable {
  const { schema, batches } = (value ?? {}) as Partial<ArrowTable>;
  return Array.isArray(batches) && Array.isArray(schema?.fields);
}
