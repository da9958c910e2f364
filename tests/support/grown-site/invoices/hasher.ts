import type { PasswordHasher } from '@/lib/contrib/auth/hashers/hasher';
import { md5 } from '@/lib/contrib/auth/hashers/md5';

/** Stands for a product's own hasher; its first encoding is told from every other by its name. */
export const invoiceHasher: PasswordHasher = {
  ...md5,
  algorithm: 'invoice',
  accepts: (encoded) => encoded.startsWith('invoice$') && md5.accepts(inMd5(encoded)),
  encode: async (password, salt) => (await md5.encode(password, salt)).replace('md5', 'invoice'),
  verify: (password, encoded) => md5.verify(password, inMd5(encoded)),
  mustUpdate: (encoded) => md5.mustUpdate(inMd5(encoded)),
  safeSummary: (encoded) => md5.safeSummary(inMd5(encoded)),
};

function inMd5(encoded: string): string {
  return encoded.replace('invoice', 'md5');
}
