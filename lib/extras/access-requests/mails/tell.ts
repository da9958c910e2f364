import { settings } from '@/lib/conf/settings';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { isGranted } from '@/lib/contrib/auth/permissions/holders';
import { users } from '@/lib/contrib/auth/users/managers';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { db, Prisma } from '@/lib/db/client';
import type { Answered } from '@/lib/extras/access-requests/answer';
import { findQueued } from '@/lib/extras/access-requests/queue';
import { answeredMail, askedMail } from './access-mails';

// Among so many of those who may change users are those looked for who may also give what is asked.
const MOST_JUDGED = 50;

/**
 * Tell whoever may answer these requests, ACCESS_REQUESTS_MAIL_MOST people at most for each: a mail to
 * each, with the way to it. For the time after the answer: a mail that fails is a line in the log.
 */
export async function tellAnswerers(ids: readonly number[], origin: string): Promise<void> {
  const most = settings.ACCESS_REQUESTS_MAIL_MOST;
  if (ids.length === 0 || most === 0) return;
  const candidates = await changersOfUsers();
  for (const id of ids) {
    let told = 0;
    for (const person of candidates) {
      const request = told < most ? await findQueued(person, id) : null;
      if (!request) continue;
      told += 1;
      await sendMailQuietly(person, askedMail(person, request, origin));
    }
  }
}

/** Tell whoever asked what was answered, likewise. */
export async function tellAsker(answered: Answered, origin: string): Promise<void> {
  const asker = await users.getById(answered.userId);
  if (asker) await sendMailQuietly(asker, answeredMail(asker, answered, origin));
}

// Superusers behind those to whom it is granted: it is rather the work of these.
async function changersOfUsers() {
  const model = getUserModel();
  const [appLabel, modelName] = userModelKey(model).split('.');
  const column = (field: string) => userColumn(field, 't', model);
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 't')} FROM ${userTable(model)} t
    WHERE ${column('isActive')} = ${true} AND ${column('isStaff')} = ${true}
      AND ${column(model.EMAIL_FIELD)} <> ''
      AND (${column('isSuperuser')} = ${true} OR ${isGranted(model, `${appLabel}.change_${modelName}`)})
    ORDER BY ${column('isSuperuser')}, ${column('id')} LIMIT ${Prisma.raw(String(MOST_JUDGED))}`;
  return rows.flatMap((row) => userOf(model, row) ?? []);
}
