import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addTokenAction, endTokenAction } from '@/app/(tokens)/accounts/tokens/actions';
import { GET as me } from '@/app/(tokens)/api/me/route';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { registerBackend } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { dayFromNow } from '@/lib/extras/tokens/forms';
import { listTokens } from '@/lib/extras/tokens/models';
import { offeredPermissions } from '@/lib/extras/tokens/offered-permissions';
import { isTokenText, TOKEN_PATTERN } from '@/lib/extras/tokens/token-text';
import { emptyFormState } from '@/lib/forms/forms';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { dumpOf } from '@/tests/support/databases/dump';
import { mailFolder } from '@/tests/support/mail';
import { browserOf, callServer } from '@/tests/support/server-call';
import { ask } from './support';
import { bearer, tokenRow } from './token-rows';

beforeAll(freshDatabase);

let ada: User;
let cookie = '';
let made = 0;

beforeEach(async () => {
  made += 1;
  const user = await users.createUser({ username: `ada${made}`, email: `ada${made}@example.org` });
  await grant(user, 'tokens.add_token');
  await grant(user, 'articles.view_article');
  ada = await reload(user);
  cookie = await browserOf(ada);
});

afterEach(() => {
  vi.useRealTimers();
});

type Fields = Record<string, string | readonly string[]>;

async function add(fields: Fields = {}) {
  const all: Fields = {
    name: 'script',
    expires: dayFromNow(30),
    permissions: ['articles.view_article'],
    networks: '',
    ...fields,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(all)) {
    for (const each of [value].flat()) form.append(name, each);
  }
  const mail = await mailFolder();
  const answer = await overrideSettings({ EMAIL_URL: mail.url }, () =>
    callServer(cookie, () => addTokenAction(emptyFormState, form)),
  );
  const shown = answer.notes.answers?.get('token') as { text: string } | undefined;
  const mails = await mail.mails();
  await mail.remove();
  return { ...answer, text: shown?.text ?? null, mails };
}

const errorsOf = ({ value }: { value: unknown }) => Reflect.get(Object(value), 'fieldErrors');

describe('making a token', () => {
  it('shows it once, keeps its hash only, and tells the log and the owner', async () => {
    const { text, value, mails, cookies } = await add({ networks: '192.0.2.7, 2001:DB8::/32' });
    expect(isTokenText(text ?? '')).toBe(true);
    expect(TOKEN_PATTERN.test(`x ${text} y`)).toBe(true);
    expect(value).toEqual(emptyFormState);
    const [token] = await listTokens(ada.id);
    expect(token).toMatchObject({
      start: text?.slice(0, 10),
      permissions: ['articles.view_article'],
      networks: '192.0.2.7/32\n2001:db8::/32',
      isFull: false,
    });
    expect((await ask(me, { headers: bearer(text ?? '') })).status).toBe(403);
    const everything = await dumpOf();
    expect(everything).toContain(text?.slice(0, 10));
    expect(everything).not.toContain(text?.slice(10));
    expect([...cookies.values()].join()).not.toContain(text?.slice(10));
    const event = await db.securityLogEntry.findFirst({
      where: { event: 'authn_token_created', actorId: ada.id },
    });
    expect(JSON.parse(event?.detail ?? '')).toMatchObject({ kind: 'token', start: token?.start });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('script');
    expect(mails[0]?.text).not.toContain(text?.slice(10));
  });

  it.each<[string, Fields, string]>([
    ['without a name', { name: ' ' }, 'name'],
    ['without an end', { expires: '' }, 'expires'],
    ['with an end that is past', { expires: dayFromNow(-2) }, 'expires'],
    ['with an end that is too far', { expires: dayFromNow(400) }, 'expires'],
    ['with an end that is no day', { expires: '2027-02-30' }, 'expires'],
    ['that carries nothing', { permissions: [] }, 'permissions'],
    ['that carries what its owner lacks', { permissions: ['auth.view_user'] }, 'permissions'],
    ['that carries what there is not', { permissions: ['x.y'] }, 'permissions'],
    ['for everything', { permissions: [], is_full: 'on' }, 'permissions'],
    ['from what is no network', { networks: '192.0.2.0/33' }, 'networks'],
    ['from a network with NUL', { networks: '192.0.2.0\0' }, 'networks'],
  ])('%s is refused at the field', async (_what, fields, field) => {
    const answer = await add(fields);
    expect(Object.keys(errorsOf(answer))).toEqual([field]);
    expect(answer.text).toBeNull();
    expect(await listTokens(ada.id)).toEqual([]);
  });

  it('keeps what was ticked on the form that is shown again', async () => {
    await grant(ada, 'articles.add_article');
    cookie = await browserOf(await reload(ada));
    const permissions = ['articles.view_article', 'articles.add_article'];
    const { value } = await add({ name: '', permissions });
    expect(Reflect.get(Object(value), 'values')).toMatchObject({
      permissions: permissions.join(' '),
    });
  });

  it('offers, and carries, nothing that only a backend knows', async () => {
    const perm = 'doors.open';
    const sources = [{ kind: 'backend' as const, backend: 'Doors', reason: 'a key' }];
    const undo = registerBackend({
      name: 'Doors',
      hasPerm: async (_user, asked) => asked === perm,
      getAllPermissions: async () => new Map([[perm, { perm, name: 'Open', sources }]]),
    });
    const AUTHENTICATION_BACKENDS = ['ModelBackend', 'Doors'];
    await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
      expect((await offeredPermissions(ada)).map(({ app }) => app)).toEqual(['articles', 'tokens']);
      expect(errorsOf(await add({ permissions: [perm] }))).toEqual({
        permissions: [expect.stringContaining(perm)],
      });
    });
    undo();
  });

  it('asks who one is, a while after signing in', async () => {
    vi.useFakeTimers({
      toFake: ['Date'],
      now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 + 1000,
    });
    const answer = await add();
    expect(Object.keys(errorsOf(answer))).toEqual(['confirm_password']);
    expect(await listTokens(ada.id)).toEqual([]);
  });

  it('is for whoever holds the permission', async () => {
    await db.userPermission.deleteMany({ where: { userId: ada.id } });
    cookie = await browserOf(await reload(ada));
    expect((await add()).status).toBe(403);
  });

  it('ends at the most that a person may have', async () => {
    await overrideSettings({ TOKENS_MAX_PER_USER: 2 }, async () => {
      await tokenRow(ada, [], { revoked: new Date() });
      expect((await add()).text).not.toBeNull();
      expect((await add()).text).not.toBeNull();
      const { value, text } = await add();
      expect(text).toBeNull();
      expect(Reflect.get(Object(value), 'formErrors')).toHaveLength(1);
    });
  });
});

describe('ending a token', () => {
  async function end(id: number) {
    const form = new FormData();
    form.set('id', String(id));
    return overrideSettings({ EMAIL_URL: 'console:' }, () =>
      callServer(cookie, () => endTokenAction(form)),
    );
  }

  it('is real at once, and for its owner only', async () => {
    const bob = await users.createUser({ username: `bob${made}` });
    const other = await tokenRow(bob, []);
    expect((await end(other.id)).status).toBe(404);
    expect(await listTokens(bob.id)).toHaveLength(1);
    const own = await tokenRow(ada, []);
    await db.user.update({ where: { id: ada.id }, data: { email: '' } });
    expect((await end(own.id)).location).toBe('/accounts/tokens/');
    expect(await listTokens(ada.id)).toEqual([]);
    expect((await end(own.id)).status).toBe(404);
    const where = { event: 'authn_token_revoked', actorId: ada.id };
    expect(await db.securityLogEntry.count({ where })).toBe(1);
  });
});
