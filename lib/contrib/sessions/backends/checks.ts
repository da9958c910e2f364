import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { db, Prisma } from '@/lib/db/client';
import { hasDjangosTable } from './db';
import { decodeTheirs } from './halves';
import { boundedData, sharesDjangos } from './stored-row';

const LOOKED_AT = 20;

/**
 * What a site gives up while it shares Django's sessions, and backends that Django has no counterpart of.
 * Django: no counterpart
 */
export function checkSessionEngine(): CheckMessage[] {
  if (!['gatehouse', 'django.db'].includes(settings.SESSION_ENGINE)) {
    const message = `SESSION_ENGINE is ${settings.SESSION_ENGINE}, which is none.`;
    return [checkError('sessions.E002', message, "Set it to 'gatehouse' or 'django.db'.")];
  }
  if (!sharesDjangos()) return [];
  const lost = [
    "Sessions are Django's: their keys are kept as they are, not hashed, and the cookie is neither sealed nor bound to this host.",
    "Django's own pages ask for no second factor, count no tries and know no absolute limit.",
  ].join(' ');
  const until =
    "Set SESSION_ENGINE to 'gatehouse' once Django is gone. Django's own must be django.contrib.sessions.backends.db with the JSON serializer.";
  const alone = settings.AUTHENTICATION_BACKENDS.filter(
    (name) => settings.SESSION_BACKEND_PATHS[name] === undefined,
  );
  const hint = 'Name what Django calls it in SESSION_BACKEND_PATHS.';
  return [
    checkWarning('sessions.W001', lost, until),
    ...alone.map((name) =>
      checkWarning('sessions.W002', `Whom ${name} signs in is a stranger at Django.`, hint),
    ),
  ];
}

/**
 * Django's sessions without a table, or of which none of the newest can be read: they are signed by another
 * secret, or pickled.
 * Django: no counterpart
 */
export async function checkDjangosSessions(): Promise<CheckMessage[]> {
  if (!sharesDjangos()) return [];
  if (!(await hasDjangosTable())) {
    const message = 'There is no table django_session.';
    return [checkError('sessions.E003', message, 'Run "python manage.py migrate sessions" first.')];
  }
  const rows = await db.$queryRaw<{ data: string | null }[]>`
    SELECT ${boundedData(Prisma.sql`session_data`)} AS data FROM django_session
    WHERE expire_date > ${new Date()} ORDER BY expire_date DESC LIMIT ${LOOKED_AT}`;
  if (rows.length === 0 || rows.some(({ data }) => decodeTheirs(data))) return [];
  const message = "None of Django's newest sessions can be read.";
  const hint =
    "Give both sites the same SECRET_KEY, and Django the JSON serializer and no other SESSION_ENGINE than its 'db'.";
  return [checkWarning('sessions.W003', message, hint)];
}
