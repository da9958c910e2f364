import { answerListPost, type ListAnswer } from '@/lib/contrib/admin/list/list-post';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { saidOf } from './read-review';
import { requestOf, screens } from './staff';

let made = 0;

type Fields = Record<string, string | readonly string[]>;

/** Send the form of a change list. */
export async function post(
  user: User,
  fields: Fields,
  admin = screens('auth.user'),
  isFresh = true,
): Promise<ListAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) form.append(name, each);
  }
  return answerListPost(admin, requestOf(user), { form, isFresh });
}

/** The same, by somebody who reads what they are asked to read, and means it. */
export async function told(user: User, fields: Fields, admin = screens('auth.user')) {
  const answer = await post(user, fields, admin);
  const answered =
    answer.kind === 'unread'
      ? await post(user, { ...fields, ...saidOf(answer.unread.review) }, admin)
      : answer;
  if (answered.kind !== 'told') throw new Error('The list asked something.');
  return answered.outcome;
}

/** Somebody new whose name begins so. */
export async function person(prefix: string, extra: { isSuperuser?: boolean } = {}): Promise<User> {
  made += 1;
  const user = await users.createUser({ username: `${prefix}${made}`, ...extra });
  return user;
}

/** Who of these is there and active. */
export async function isActive(...people: User[]): Promise<boolean[]> {
  const rows = await db.user.findMany({ where: { id: { in: people.map(({ id }) => id) } } });
  return people.map(({ id }) => rows.find((row) => row.id === id)?.isActive ?? false);
}

/** Ids as a form has them. */
export const ids = (...people: User[]) => people.map(({ id }) => String(id));
