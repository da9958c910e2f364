import { describe, expect, it, vi } from 'vitest';
import { deleteAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import deletePage from '@/app/(admin)/admin/[app]/[model]/[id]/delete/page';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { GET as wellKnown } from '@/app/(mfa)/.well-known/webauthn/route';
import { notNowAction } from '@/app/(site)/dashboard/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { accountCards } from '@/lib/contrib/auth/account/account-cards';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { tellMayBeCopied } from '@/lib/extras/mfa/passkeys/copied-mail';
import type { HttpRequest } from '@/lib/http/request';
import { loginRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, requestOf, screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { grant } from '@/tests/support/auth/grants';
import { mailsTo } from '@/tests/support/mfa/kept-mail';
import { passkeyBrowser, passkeyFor } from '@/tests/support/mfa/passkey-browser';
import {
  addPasskeyIn,
  keysOf,
  makeOwner,
  PASSWORD,
  post,
  whoIs,
  withPassword,
} from '@/tests/support/mfa/passkey-people';
import { propOf } from '@/tests/support/mfa/people';
import { answerOf } from '@/tests/support/plain-source';

const PERMISSIONS = ['mfa.view_passkey', 'mfa.delete_passkey', 'mfa.reset_factors'] as const;

describe('passkeys in the admin', () => {
  it('show nothing that verifies', async () => {
    const { id } = await passkeyFor((await makeOwner()).id);
    const admin = screens('mfa.passkey');
    const form = await changeForm(admin, await readSnapshot(db, admin, id), { canChange: false });
    const shown = JSON.stringify(form);
    const row = await db.passkey.findUniqueOrThrow({ where: { id } });
    expect(shown).toContain('Laptop');
    expect(shown).not.toContain(row.publicKey);
    expect(shown).not.toContain(row.credentialId);
  });

  it('are deleted with the sessions of their owner, who is told, and never the last factor', async () => {
    const [by, owner] = [await makeStaff(...PERMISSIONS), await makeOwner()];
    const { id: first, authenticator } = await passkeyFor(owner.id, { signCount: 0 });
    const { id: second } = await passkeyFor(owner.id);
    const mine = passkeyBrowser();
    await mine.signIn(authenticator);
    const { refusals } = await deleteRows(screens('mfa.passkey'), [first, second], requestOf(by));
    expect(refusals).toEqual([
      `${owner.username} has no other factor: reset all of theirs, so that they get a ticket.`,
    ]);
    expect(await keysOf(owner)).toHaveLength(2);
    await mine.send(() => deleteRows(screens('mfa.passkey'), [second], requestOf(by)));
    expect((await keysOf(owner)).map(({ id }) => id)).toEqual([first]);
    expect(await whoIs(mine)).toBe('nobody');
    const events = (await eventsAbout(owner.id)).map(({ event }) => event);
    expect(events).toContain('authn_token_revoked');
    expect((await mailsTo(owner.email))[0]?.text).toContain('by the people who run the site');
  });

  it('are deleted by nobody who may not reset factors, nor one’s own', async () => {
    const { id } = await passkeyFor((await makeOwner()).id);
    const admin = screens('mfa.passkey');
    const plain = await makeStaff('mfa.view_passkey', 'mfa.delete_passkey');
    await expect(Promise.resolve(admin.options.hasDeletePermission?.(plain))).resolves.toBe(false);
    const by = await makeStaff(...PERMISSIONS);
    const { id: own } = await passkeyFor(by.id);
    await passkeyFor(by.id);
    expect((await deleteRows(admin, [own], requestOf(by))).refusals[0]).toMatch(/your own/);
    const root = await users.createSuperuser({ username: 'root of passkeys' });
    const { id: roots } = await passkeyFor(root.id);
    await passkeyFor(root.id);
    expect((await deleteRows(admin, [roots], requestOf(by))).refusals[0]).toMatch(/superuser/);
    expect(await db.passkey.count({ where: { id: { in: [id, own, roots] } } })).toBe(3);
  });

  it('are deleted, one or those ticked, by whoever has shown lately who they are', async () => {
    const [by, owner] = [await makeOwner(), await makeOwner()];
    await db.user.update({ where: { id: by.id }, data: { isStaff: true } });
    for (const permission of PERMISSIONS) await grant(by, permission);
    const { id: first } = await passkeyFor(owner.id);
    const { id: second } = await passkeyFor(owner.id);
    await passkeyFor(owner.id);
    const { mine } = await withPassword(by);
    const age = Number(settings.STEP_UP_AGE) + 1;
    const proof = { confirm_password: PASSWORD };
    const sent = { _model: 'mfa.passkey', post: 'yes' };
    vi.useFakeTimers({ now: Date.now() + age * 1000, toFake: ['Date'] });
    const params = Promise.resolve({ app: 'mfa', model: 'passkey', id: String(first) });
    const searchParams = Promise.resolve({});
    const { value } = await mine.send(() => deletePage({ params, searchParams }));
    expect(propOf(value, 'isOld')).toBe(true);
    const one = { ...sent, _id: String(first) };
    const { state } = await post(mine, deleteAction, one);
    expect(state?.fieldErrors).toHaveProperty('confirm_password');
    expect(await keysOf(owner)).toHaveLength(3);
    await post(mine, deleteAction, { ...one, ...proof });
    expect(await keysOf(owner)).toHaveLength(2);
    vi.setSystemTime(Date.now() + age * 1000);
    const ticked = { ...sent, action: 'delete_selected', _selected_action: String(second) };
    const asked = await mine.send(() => listAction(formOf(ticked)));
    expect(asked.isRefreshed).toBe(true);
    expect(await keysOf(owner)).toHaveLength(2);
    await mine.send(() => listAction(formOf({ ...ticked, ...proof })));
    expect(await keysOf(owner)).toHaveLength(1);
  });

  it('are told of with links to this site, whichever others use them', async () => {
    const [by, owner] = [await makeStaff(...PERMISSIONS), await makeOwner()];
    const { id } = await passkeyFor(owner.id);
    await passkeyFor(owner.id);
    const headers = { host: '127.0.0.1:3000' };
    const request = new Request('http://127.0.0.1:3000/', { headers });
    const own = { ALLOWED_HOSTS: ['127.0.0.1'] };
    await overrideSettings({ ...own, WEBAUTHN_RELATED_ORIGINS: ['https://shop.example'] }, () =>
      answerOf(request, 'action', async () => {
        await deleteRows(screens('mfa.passkey'), [id], requestOf(by));
        tellMayBeCopied(request, owner.id);
      }),
    );
    const mails = await mailsTo(owner.email);
    expect(mails).toHaveLength(2);
    for (const { text } of mails) expect(text).toMatch(/127\.0\.0\.1:3000/);
  });

  it('go with their owner', async () => {
    const owner = await makeOwner();
    await passkeyFor(owner.id);
    await owner.delete();
    expect(await keysOf(owner)).toHaveLength(0);
    expect(await db.passkeyHandle.count({ where: { userId: owner.id } })).toBe(0);
  });
});

describe('the card that offers a passkey', () => {
  const cardsOf = async ({ cookies }: ReturnType<typeof passkeyBrowser>) => {
    let names: string[] = [];
    const look = (request: HttpRequest) => {
      names = accountCards(request as HttpRequest<User>).map(({ name }) => name);
    };
    await probe(loginRequired, look).ask('page', { cookie: cookies() });
    return names;
  };

  it('is for whoever came in by a password, until they have one or say "Not now"', async () => {
    const owner = await makeOwner();
    const { mine } = await withPassword(owner);
    expect(await cardsOf(mine)).toEqual(['passkey']);
    const answer = await mine.send(() => notNowAction(formOf({ card: 'passkey' })));
    expect(answer.headers.getSetCookie().join()).toMatch(/not_now_passkey=1.*Max-Age=7776000/);
    expect(await cardsOf(mine)).toEqual([]);
    const { mine: elsewhere } = await withPassword(owner);
    expect(await cardsOf(elsewhere)).toEqual(['passkey']);
    const { authenticator } = await addPasskeyIn(elsewhere);
    expect(await cardsOf(elsewhere)).toEqual([]);
    const byPasskey = passkeyBrowser();
    await byPasskey.signIn(authenticator);
    expect(await cardsOf(byPasskey)).toEqual([]);
  });

  it('of another name is none', async () => {
    const { mine } = await withPassword(await makeOwner());
    expect((await mine.send(() => notNowAction(formOf({ card: 'nothing' })))).status).toBe(404);
  });
});

describe('/.well-known/webauthn', () => {
  const asked = async () => {
    const { value } = await passkeyBrowser().send(() =>
      wellKnown(new Request('http://localhost:3000/'), { params: Promise.resolve({}) }),
    );
    return value as Response;
  };

  it('names the other sites that may use our passkeys, and is nothing where there is none', async () => {
    expect((await asked()).status).toBe(404);
    const origins = ['https://shop.example'];
    await overrideSettings({ WEBAUTHN_RELATED_ORIGINS: origins }, async () => {
      const answer = await asked();
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(await answer.json()).toEqual({ origins });
    });
  });

  it('is about the sites whose answers are taken, and no other’s is', async () => {
    const { id, username } = await makeOwner();
    const { authenticator } = await passkeyFor(id);
    const shop = { origin: 'https://shop.example' };
    expect((await passkeyBrowser().signIn(authenticator, shop)).status).toBe(403);
    await overrideSettings({ WEBAUTHN_RELATED_ORIGINS: [shop.origin] }, async () => {
      const sub = { origin: 'https://a.shop.example' };
      expect((await passkeyBrowser().signIn(authenticator, sub)).status).toBe(403);
      const mine = passkeyBrowser();
      expect((await mine.signIn(authenticator, shop)).status).toBe(200);
      expect(await whoIs(mine)).toBe(username);
    });
  });
});
