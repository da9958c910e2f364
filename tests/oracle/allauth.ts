import { describe } from 'vitest';
import { djangosCosts } from './costs';
import { Django } from './django';
import type { Python } from './find-django';

const allauth: Python | null = JSON.parse(process.env['ORACLE_ALLAUTH'] ?? 'null');

/** `describe`, skipped where no Python has allauth. */
export const describeWithAllauth = describe.skipIf(allauth === null);

/** A real Django with allauth on the database that DATABASE_URL names. */
export function djangoWithAllauth(): Django {
  const program = allauth?.program ?? 'python3';
  return new Django(djangosCosts, 'PBKDF2PasswordHasher', { program, script: 'allauth_side.py' });
}
