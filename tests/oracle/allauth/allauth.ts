import { describe } from 'vitest';
import { djangosCosts } from '../costs';
import { Django } from '../django';
import type { Python } from '../find-django';

const allauth: Python | null = JSON.parse(process.env['ORACLE_ALLAUTH'] ?? 'null');

/** `describe`, skipped where no Python has allauth, and on a site that leaves apps out: it is about two. */
export const describeWithAllauth = describe.skipIf(
  allauth === null || Boolean(process.env['TEST_APPS_OUT']),
);

/** A real Django with allauth on the database that DATABASE_URL names. */
export function djangoWithAllauth(): Django {
  const program = allauth?.program ?? 'python3';
  return new Django(djangosCosts, 'PBKDF2PasswordHasher', {
    program,
    script: 'allauth/allauth_side.py',
  });
}
