/**
 * The streams that files may be instead of paths. Node's streams are such; they are described
 * here so that the declarations of this package need no types of Node.
 */

/** What bytes are read from: a `Readable` of Node, such as `process.stdin`. */
export interface InputStream {
  read(size?: number): unknown;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

/** What bytes are written to: a `Writable` of Node, such as `process.stdout`. */
export interface OutputStream {
  write(chunk: Uint8Array): boolean;
}
