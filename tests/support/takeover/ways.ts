import { deleteAction, saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { addUserAction, setPasswordAction } from '@/app/(admin)/admin/auth/user/actions';
import { GET } from '@/app/(export)/admin/[app]/[model]/export/route';
import { matrixAction } from '@/app/(matrix)/admin/auth/matrix/actions';
import type { User } from '@/lib/contrib/auth/models';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { saidOf, sendRead } from '@/tests/support/admin/read-review';
import { screens } from '@/tests/support/admin/staff';
import { permissionId } from '@/tests/support/auth/grants';
import type { Answer } from '../plain-source';
import { browserOf, callServer } from '../server-call';
import type { World } from './world';

/** Who tries, at whom, and what is drawn besides. */
export type Try = { by: User; cookie: string; whom: number; perm: string; group: number };

const PASSWORDS = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };
const listed = { _query: '', post: 'yes' };

/** Every way to reach an account, as the form of its page is sent. */
export const WAYS: Record<string, (tried: Try, world: World) => Promise<Answer | null>> = {
  password: ({ cookie, whom }) => {
    const form = formOf({ _id: [whom], 'set-password': 'set', ...PASSWORDS });
    return callServer(cookie, () => setPasswordAction(emptyFormState, form));
  },
  address: (tried) => change(tried, { email: `thief${tried.whom}@evil.test` }),
  'address of another': async (tried, { people }) => {
    const taken = people.find(({ id }) => id !== tried.whom && id !== tried.by.id);
    return change(tried, { email: taken?.email.toUpperCase() ?? '' });
  },
  name: (tried) => change(tried, { username: `thief${tried.whom}` }),
  'waking and sleeping': (tried) => flip(tried, 'is_active'),
  'staff status': (tried) => flip(tried, 'is_staff'),
  'superuser status': (tried) => flip(tried, 'is_superuser'),
  groups: (tried) => change(tried, { groups: [tried.group] }),
  permissions: async (tried) =>
    change(tried, { user_permissions: [await permissionId(tried.perm)] }),
  'permissions of a group': async ({ cookie, group, perm }) => {
    const fields = await untouched(screens('auth.group'), group);
    const permissions = [...(fields['permissions'] ?? []), await permissionId(perm)].map(String);
    const form = formOf({ ...fields, _model: 'auth.group', _id: [group], permissions });
    return callServer(cookie, () => saveAction(emptyFormState, form));
  },
  'matrix of a user': async ({ cookie, whom, perm }) =>
    matrix(cookie, { _about: `u${whom}`, changes: `u${whom}+${await permissionId(perm)}` }),
  'matrix of groups': async ({ cookie, group, perm }) =>
    matrix(cookie, { _about: '', changes: `g${group}+${await permissionId(perm)}` }),
  activate: (tried) => act(tried, 'auth.user', { action: 'activate' }),
  deactivate: (tried) => act(tried, 'auth.user', { action: 'deactivate' }),
  'end sessions': (tried) => act(tried, 'auth.user', { action: 'end_sessions' }),
  'delete listed': (tried) => act(tried, 'auth.user', { action: 'delete_selected' }),
  delete: ({ cookie, whom }) => remove(cookie, 'auth.user', whom),
  'a session': async ({ cookie, whom }) => {
    const row = await db.session.findFirst({ where: { userId: whom } });
    return row && remove(cookie, 'sessions.session', row.id);
  },
  'listed sessions': async ({ cookie, whom }) => {
    const rows = await db.session.findMany({ where: { userId: whom } });
    const ids = rows.map(({ id }) => id);
    return list(cookie, 'sessions.session', { action: 'delete_selected', _selected_action: ids });
  },
  'listed waits': async ({ cookie }) => {
    const ids = (await db.throttle.findMany({})).map(({ id }) => id);
    const one = ids.slice(0, 1 + (ids.length % 2));
    return list(cookie, 'security.throttle', { action: 'delete_selected', _selected_action: one });
  },
  'a new user': ({ cookie, whom }) => {
    const form = formOf({ username: `new${whom}`, ...PASSWORDS });
    return callServer(cookie, () => addUserAction(emptyFormState, form));
  },
  CSV: async ({ cookie }) => {
    const params = Promise.resolve({ app: 'auth', model: 'user' });
    const request = new Request('http://localhost:3000/admin/auth/user/export/');
    return callServer(cookie, () => GET(request, { params }), 'GET');
  },
};

/** A try by somebody who signs in for it; null when they may not. */
export async function trying(by: User, rest: Omit<Try, 'by' | 'cookie'>): Promise<Try | null> {
  return by.isActive ? { by, cookie: await browserOf(by), ...rest } : null;
}

async function change({ cookie, whom }: Try, fields: Fields): Promise<Answer | null> {
  if (!(await db.user.count({ where: { id: whom } }))) return null;
  const shown = await untouched(screens('auth.user'), whom);
  const form = formOf({ ...shown, _model: 'auth.user', _id: [whom], ...fields });
  return sendRead(form, (sent) => callServer(cookie, () => saveAction(emptyFormState, sent)));
}

async function flip(tried: Try, flag: string): Promise<Answer | null> {
  if (!(await db.user.count({ where: { id: tried.whom } }))) return null;
  const isOn = flag in (await untouched(screens('auth.user'), tried.whom));
  return change(tried, { [flag]: isOn ? [] : 'on' });
}

async function matrix(cookie: string, fields: Fields): Promise<Answer | null> {
  const asked = await callServer(cookie, () => matrixAction(formOf(fields)));
  const shown = asked.notes.answers?.get('matrix');
  const review = typeof shown === 'object' && shown !== null && Reflect.get(shown, 'review');
  if (!review) return asked;
  const said = saidOf(review as RightsReview);
  return callServer(cookie, () => matrixAction(formOf({ ...fields, ...said, _save: 'Save' })));
}

function act({ cookie, whom }: Try, model: string, fields: Fields): Promise<Answer> {
  return list(cookie, model, { ...fields, _selected_action: [whom] });
}

function list(cookie: string, _model: string, fields: Fields): Promise<Answer> {
  const form = formOf({ ...listed, _model, ...fields });
  return sendRead(form, (sent) => callServer(cookie, () => listAction(sent)));
}

function remove(cookie: string, _model: string, id: number): Promise<Answer> {
  const form = formOf({ _model, _id: [id], post: 'yes' });
  return callServer(cookie, () => deleteAction(emptyFormState, form));
}
