/** The arguments of a plugin expression: Python's pickle of a dictionary with one text. */

/** The bytes of the pickle of `{"request": text}`. */
export function pickled(text: string): number[] {
  const bytes = Buffer.concat([
    Buffer.from([0x80, 5, 0x7d]),
    ...["request", text].flatMap((part) => {
      const length = Buffer.alloc(5, 0x58);
      length.writeUInt32LE(Buffer.byteLength(part), 1);
      return [length, Buffer.from(part)];
    }),
    Buffer.from("s."),
  ]);
  return [...bytes];
}
