/** RFC 4648: what authenticator applications read a secret in. */
const RFC_4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Crockford's: without I, L, O and U, so that a code can be read aloud and typed from paper. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Bytes as base32 without padding, five bits a character.
 * RFC 4648, section 6
 */
export function base32(bytes: Uint8Array): string {
  return encode(bytes, RFC_4648);
}

/**
 * The bytes of a base32 text; blanks, dashes, padding and case do not count. Null when it is none.
 * RFC 4648, section 6
 */
export function fromBase32(text: string): Uint8Array | null {
  const digits = [...text.toUpperCase().replace(/[\s=-]/g, '')].map((char) =>
    RFC_4648.indexOf(char),
  );
  if (digits.includes(-1)) return null;
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

/** Bytes in Crockford's base32, five bits a character. */
export function crockford(bytes: Uint8Array): string {
  return encode(bytes, CROCKFORD);
}

/** What somebody typed of Crockford's base32, as `crockford` writes it: i, l are 1 and o is 0. */
export function normalizeCrockford(text: string): string {
  const plain = text.toUpperCase().replace(/[\s-]/g, '');
  return plain.replace(/[IL]/g, '1').replace(/O/g, '0');
}

function encode(bytes: Uint8Array, alphabet: string): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = bits.match(/.{1,5}/g) ?? [];
  return digits.map((digit) => alphabet.charAt(Number.parseInt(digit.padEnd(5, '0'), 2))).join('');
}
