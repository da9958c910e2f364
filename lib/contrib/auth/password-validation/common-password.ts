import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { ValidationError } from '@/lib/core/exceptions';
import { strip } from '@/lib/core/strip';
import type { PasswordValidator } from './validator';

const Options = z.strictObject({
  passwordListPath: z
    .string()
    .default(() =>
      path.join(process.cwd(), 'lib/contrib/auth/password-validation/common-passwords.txt.gz'),
    ),
});

const lists = new Map<string, Promise<ReadonlySet<string>>>();

/**
 * Refuses what stands, in lower case and without space around it, in a list of common passwords,
 * code `password_too_common`. `passwordListPath` names another list: one password a line, in lower
 * case, gzipped or not. A list is read when it is first needed, and kept.
 * Django: contrib/auth/password_validation.py CommonPasswordValidator
 */
export function commonPasswordValidator(options: unknown): PasswordValidator {
  const { passwordListPath } = Options.parse(options);
  return {
    async validate(password) {
      const list = await loadOnce(passwordListPath);
      if (!list.has(strip(password.toLowerCase()))) return;
      const message = 'This password is too common: it is among those that are tried first.';
      throw new ValidationError(message, 'password_too_common');
    },
    getHelpText: () => 'Not a password that many people use.',
  };
}

function loadOnce(file: string): Promise<ReadonlySet<string>> {
  const list = lists.get(file) ?? load(file);
  lists.set(file, list);
  return list;
}

async function load(file: string): Promise<ReadonlySet<string>> {
  const bytes = await readFile(file);
  const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = isGzipped ? await promisify(gunzip)(bytes) : bytes;
  const lines = text.toString().split('\n').map(strip);
  return new Set(lines.filter((line) => line !== ''));
}
