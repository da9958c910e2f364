import { replaceProjectSettings, type settings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { testDatabase } from './database';
import { fixedSettings, fixSettings } from './project-settings';

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
