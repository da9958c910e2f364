import { replaceProjectSettings, type settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { decodeTheirs, encodeTheirs } from '@/lib/contrib/sessions/backends/halves';
import { objectOf } from '@/lib/contrib/sessions/backends/members';
import { getRandomString } from '@/lib/core/crypto';
import { db } from '@/lib/db/client';
import { testDatabase } from '@/tests/support/database';
import { fixedSettings, fixSettings } from '@/tests/support/project-settings';

type Fixed = Partial<typeof settings>;

/** Share Django's sessions for the tests of a file: `beforeAll(() => djangosSessions())`. */
export function djangosSessions(further: Fixed = {}): () => void {
  const hashing = { PASSWORD_HASHERS: ['pbkdf2_sha256'], PBKDF2_ITERATIONS: 1000 };
  replaceProjectSettings({
    ...fixedSettings,
    ...hashing,
    SESSION_ENGINE: 'django.db',
    PASSWORD_UPGRADE: 'never',
    ...further,
  });
  return fixSettings;
}

/** The table as Django makes it, where no Django is asked. */
export async function makeDjangosTable(): Promise<void> {
  const moment = testDatabase === 'sqlite' ? 'datetime' : 'timestamp with time zone';
  await db.$executeRawUnsafe(`
    CREATE TABLE django_session (session_key varchar(40) NOT NULL PRIMARY KEY,
      session_data text NOT NULL, expire_date ${moment} NOT NULL)`);
  await db.$executeRaw`CREATE INDEX django_session_expire_date ON django_session (expire_date)`;
}

/** A session as Django makes it at a sign-in with a password. Resolves to its key. */
export async function beginAtDjango(user: User, values: Record<string, unknown> = {}) {
  const all = {
    _auth_user_id: String(user.id),
    _auth_user_backend: 'django.contrib.auth.backends.ModelBackend',
    _auth_user_hash: user.getSessionAuthHash(),
    ...values,
  };
  const members = Object.entries(all).map(
    ([name, value]) => [name, JSON.stringify(value)] as const,
  );
  const key = getRandomString(32, 'abcdefghijklmnopqrstuvwxyz0123456789');
  const now = new Date();
  const expires = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1000);
  await db.$executeRaw`
    INSERT INTO django_session (session_key, session_data, expire_date)
    VALUES (${key}, ${encodeTheirs(new Map(members), now)}, ${expires})`;
  return key;
}

/** What Django would read of a session; null where it has none. */
export async function readAtDjango(key: string): Promise<Record<string, unknown> | null> {
  const [row] = await db.$queryRaw<{ data: string }[]>`
    SELECT session_data AS data FROM django_session WHERE session_key = ${key}`;
  const theirs = row && decodeTheirs(row.data);
  return theirs ? JSON.parse(objectOf(theirs.members)) : null;
}
