/** The bytes that a base64url text stands for, as Web APIs take them. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** The base64url text of bytes. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
