/**
 * The streams that can be inputs and outputs. Node's streams have these shapes; declared here so
 * that the declarations of this package need no types of Node.
 */

/** A stream to read: a `Readable` of Node, such as `process.stdin`. */
export interface InputStream {
  read(size?: number): unknown;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

/** A stream to write: a `Writable` of Node, such as `process.stdout`. */
export interface OutputStream {
  write(chunk: Uint8Array): boolean;
}
