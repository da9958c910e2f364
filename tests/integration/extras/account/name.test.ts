import { beforeAll, beforeEach, expect, it } from 'vitest';
import { nameAction } from '@/app/(account)/accounts/name/actions';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { emptyFormState, isFormState } from '@/lib/forms/forms';
import { type Fields, formOf } from '@/tests/support/admin/object-forms';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf, callServer } from '@/tests/support/server-call';

let made = 0;
let ada: User;

beforeAll(freshDatabase);
beforeEach(async () => {
  made += 1;
  ada = await users.createUser({ username: `ada${made}`, firstName: 'Ada', lastName: 'Byron' });
});

async function send(fields: Fields) {
  const form = formOf({ first_name: 'Ada', last_name: 'Lovelace', ...fields });
  return callServer(await browserOf(ada), () => nameAction(emptyFormState, form));
}

const nameOf = async (user: User) => (await reload(user)).getFullName();

it('changes the name of whoever asks, and nothing else of them, with the entry of the log', async () => {
  const other = await users.createUser({ username: `other${made}` });
  const more = { _id: String(other.id), id: String(other.id), username: 'x', is_staff: 'on' };
  const { status, location } = await send(more);
  expect({ status, location }).toEqual({ status: 303, location: '/accounts/' });
  expect(await nameOf(ada)).toBe('Ada Lovelace');
  expect(await reload(ada)).toMatchObject({ username: ada.username, isStaff: false });
  expect(await nameOf(other)).toBe('');
  const [event] = await eventsAbout(ada.id);
  expect(event).toMatchObject({ event: 'user_updated', detail: '{"changed":["lastName"]}' });
  await send({});
  expect(await eventsAbout(ada.id)).toHaveLength(1);
});

it('takes no name that is too long or holds what nobody sees', async () => {
  const { value } = await send({ first_name: 'x'.repeat(151), last_name: 'a\u202eb' });
  if (!isFormState(value)) throw new Error('It was taken.');
  expect(Object.keys(value.fieldErrors).toSorted()).toEqual(['first_name', 'last_name']);
  expect(await nameOf(ada)).toBe('Ada Byron');
  expect((await send({ first_name: '', last_name: '' })).status).toBe(303);
  expect(await nameOf(ada)).toBe('');
});

it('is not there where the site says so', async () => {
  const { status } = await overrideSettings({ ACCOUNT_CHANGE_NAME: false }, () => send({}));
  expect(status).toBe(404);
  expect(await nameOf(ada)).toBe('Ada Byron');
});
