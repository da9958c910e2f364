/** The beginning of a PNG of this size, which is all that is looked at. */
export function png(
  width: number,
  height: number,
  rest: string | Uint8Array = '',
): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(24);
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Uint8Array.from(Buffer.concat([head, Buffer.from(rest)]));
}

/** A JPEG of this size behind a segment of so many bytes, as cameras write one. */
export function jpeg(width: number, height: number, before = 0): Uint8Array<ArrayBuffer> {
  const segment = Buffer.alloc(before + 4);
  segment.set([0xff, 0xe1]);
  segment.writeUInt16BE(before + 2, 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Uint8Array.from(Buffer.concat([Buffer.from([0xff, 0xd8]), segment, frame]));
}

/** A GIF of this size. */
export function gif(width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = Buffer.from('GIF89a\0\0\0\0;', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return Uint8Array.from(head);
}

/** A WebP of this size, with a canvas of its own. */
export function webp(width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(30);
  head.write('RIFF\x16\0\0\0WEBPVP8X', 0, 'latin1');
  head.writeUIntLE(width - 1, 24, 3);
  head.writeUIntLE(height - 1, 27, 3);
  return Uint8Array.from(head);
}

/** A file as a browser sends it. */
export function fileOf(name: string, content: string | Uint8Array<ArrayBuffer>): File {
  return new File([content], name);
}
