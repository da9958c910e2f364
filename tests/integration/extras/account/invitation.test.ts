import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as openInvitation } from '@/app/(account)/accounts/invitation/[token]/route';
import { acceptAction, joinAction } from '@/app/(account)/accounts/invitation/actions';
import InvitationPage from '@/app/(account)/accounts/invitation/page';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { remindInvited } from '@/lib/extras/account/invitations/remind';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import {
  errorsOf,
  outside,
  type Sender,
  site,
  tokenIn,
  toldBy,
  type Visitor,
} from '@/tests/support/account/visitor';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';

const SENDERS: Sender[] = ['with scripts', 'without scripts'];
const PASSWORD = 'quiet-harbour-41';
const choose = (username: string) => ({ username, password1: PASSWORD, password2: PASSWORD });

let here: Awaited<ReturnType<typeof site>>;
let inviter: User;
let inviting: Visitor;
let editors: number;
let mighty: number;
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site({});
  editors = await makeGroup('Editors', ['articles.change_article']);
  mighty = await makeGroup('Mighty', ['auth.delete_user']);
});
afterAll(() => here.remove());
beforeEach(async () => {
  vi.useRealTimers();
  await db.throttle.deleteMany();
  await here.news();
  made += 1;
  inviter = await makeStaff('account.add_invitation', 'account.view_invitation');
  await joinGroup(inviter, editors);
  inviting = here.visitor(await browserOf(await reload(inviter)));
});

type Fields = { email: string; groups?: string; note?: string };

function invite({ email, ...more }: Fields, how?: Sender, by = inviting) {
  const fields = { _model: 'account.invitation', email, note: '', ...more };
  return by.send(saveAction, fields, how);
}

/** Invite somebody, and give the token of the mail. */
async function invited(email: string, groups = String(editors)): Promise<string> {
  await invite({ email, groups });
  const [mail] = await here.news();
  if (!mail) throw new Error('No invitation was sent.');
  return tokenIn(mail, '/accounts/invitation/');
}

async function opened(token: string, cookie = ''): Promise<Visitor> {
  const visitor = here.visitor(cookie);
  await visitor.open(openInvitation, { token });
  return visitor;
}

async function act(name: string, id: number, by = inviting) {
  const fields = { _model: 'account.invitation', _query: '', action: name };
  return by.send(listAction, { ...fields, _selected_action: String(id) });
}

async function groupsOf(username: string): Promise<string[]> {
  const rows = await db.userGroup.findMany({
    where: { user: { username } },
    include: { group: true },
  });
  return rows.map(({ group }) => group.name);
}

async function whoIs({ cookies }: Visitor) {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

const lastDetail = async () => {
  const event = 'privilege_permissions_changed';
  const [row] = await db.securityLogEntry.findMany({
    where: { event },
    orderBy: { id: 'desc' },
    take: 1,
  });
  return JSON.parse(row?.detail ?? '{}');
};

describe('an invitation', () => {
  it.each(SENDERS)('makes an account with its groups, %s', async (how) => {
    const email = `new${made}@example.com`;
    await invite({ email, groups: String(editors), note: 'Come & <b>see</b>.' }, how);
    const [mail] = await here.news();
    expect(mail?.text).toContain('Come & <b>see</b>.');
    expect(mail?.html).toContain('Come &amp; &lt;b&gt;see&lt;/b&gt;.');
    const token = mail ? tokenIn(mail, '/accounts/invitation/') : '';
    const rows = await db.invitation.findMany({ where: { email } });
    expect(JSON.stringify(rows)).not.toContain(token);
    const visitor = await opened(token);
    expect((await visitor.look(InvitationPage)).text).toContain(email);
    const done = await visitor.send(acceptAction, choose(`new${made}`), how);
    expect(done).toMatchObject({ status: 303, location: '/dashboard/' });
    expect(await whoIs(visitor)).toBe(`new${made}`);
    expect(await groupsOf(`new${made}`)).toEqual(['Editors']);
    const [user] = await db.user.findMany({ where: { email } });
    expect(await db.emailAddress.findMany({ where: { userId: user?.id ?? 0 } })).toMatchObject([
      { email, verified: true, primary: true },
    ]);
    const again = await opened(token);
    expect(errorsOf(await again.send(acceptAction, choose('again')))).toHaveLength(1);
  });

  it.each(SENDERS)('is sent in the same way to everybody, %s', async (how) => {
    const known = `known${made}@example.com`;
    await users.createUser({ username: `known${made}`, email: known, password: null });
    const seen: unknown[] = [];
    for (const email of [`free${made}@example.com`, known, `free${made}@elsewhere.test`]) {
      const answer = await invite({ email }, how);
      seen.push({ ...outside(answer), cookies: [], told: toldBy(answer).replaceAll(email, '') });
      expect(await here.news()).toHaveLength(1);
    }
    expect(seen[0]).toMatchObject({ status: 303 });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('is not sent with a group that gives what its inviter does not hold', async () => {
    const answer = await invite({ email: 'a@example.com', groups: String(mighty) });
    expect(errorsOf(answer).join()).toContain('Mighty gives auth.delete_user');
    expect(await here.news()).toEqual([]);
    expect(await db.invitation.count({ where: { email: 'a@example.com' } })).toBe(0);
  });

  it('gives no group that its inviter has lost since, and says so in the log', async () => {
    const token = await invited(`lost${made}@example.com`);
    await db.userGroup.deleteMany({ where: { userId: inviter.id } });
    await (await opened(token)).send(acceptAction, choose(`lost${made}`));
    expect(await groupsOf(`lost${made}`)).toEqual([]);
    expect(await lastDetail()).toMatchObject({ groupsGiven: [], groupsLeftOut: ['Editors'] });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['inactive', () => db.user.update({ where: { id: inviter.id }, data: { isActive: false } })],
    ['deleted', async () => (await reload(inviter)).delete()],
    ['not one to invite', () => db.userPermission.deleteMany({ where: { userId: inviter.id } })],
  ])('gives no group when its inviter is %s by then', async (_what, change) => {
    const token = await invited(`late${made}@example.com`);
    await change();
    const visitor = await opened(token);
    expect((await visitor.send(acceptAction, choose(`late${made}`))).status).toBe(303);
    expect(await groupsOf(`late${made}`)).toEqual([]);
  });

  it('makes one account when it is used twice at once', async () => {
    const token = await invited(`twice${made}@example.com`);
    const both = [await opened(token), await opened(token)];
    const answers = await Promise.all(
      both.map((each, i) => each.send(acceptAction, choose(`twice${made}${i}`))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303]);
    expect(await db.user.count({ where: { email: `twice${made}@example.com` } })).toBe(1);
  });

  it('asks somebody with an account whether they join, and nobody else', async () => {
    const email = `member${made}@example.com`;
    const member = await users.createUser({ username: `member${made}`, email, password: null });
    const token = await invited(email);
    const stranger = await opened(token);
    expect((await stranger.look(InvitationPage)).text).toContain('has an account here');
    expect(errorsOf(await stranger.send(acceptAction, choose('second')))).toHaveLength(1);
    const other = await users.createUser({ username: `other${made}`, password: null });
    const wrong = await opened(token, await browserOf(other));
    expect(toldBy(await wrong.send(joinAction, {}))).toContain('used or over');
    const right = await opened(token, await browserOf(member));
    await right.look(InvitationPage);
    expect(await groupsOf(`member${made}`)).toEqual([]);
    expect(toldBy(await right.send(joinAction, {}))).toBe('You joined Editors.');
    expect(await groupsOf(`member${made}`)).toEqual(['Editors']);
    expect(await groupsOf(`other${made}`)).toEqual([]);
  });

  it('raises nobody who invites themselves', async () => {
    const own = await makeStaff('account.add_invitation', 'account.view_invitation');
    await grant(own, 'articles.change_article');
    await db.user.update({ where: { id: own.id }, data: { email: `own${made}@example.com` } });
    inviting = here.visitor(await browserOf(await reload(own)));
    const token = await invited(`own${made}@example.com`);
    const visitor = await opened(token, await browserOf(await reload(own)));
    expect(toldBy(await visitor.send(joinAction, {}))).toBe('You accepted.');
    expect(await groupsOf(own.username)).toEqual([]);
  });

  it('is over after seven days, and its end is told a day before, once', async () => {
    const token = await invited(`slow${made}@example.com`);
    const now = Date.now();
    await here.during(() => remindInvited(new Date(now + 5 * 86_400_000)));
    expect(await here.news()).toEqual([]);
    const soon = new Date(now + 6.5 * 86_400_000);
    for (let i = 0; i < 2; i += 1) await here.during(() => remindInvited(soon));
    const reminders = (await here.news()).map(({ headers }) => headers['to']);
    expect(reminders.filter((to) => to === `slow${made}@example.com`)).toHaveLength(1);
    await invited(`slower${made}@example.com`);
    await (await reload(inviter)).delete();
    await here.during(() => remindInvited(soon));
    const [orphaned] = await here.news();
    expect(orphaned?.text).toContain('the invitation to Gatehouse that was sent to you');
    const visitor = await opened(token);
    vi.useFakeTimers({ toFake: ['Date'], now: now + 7 * 86_400_000 + 1000 });
    const late = await opened(token);
    for (const each of [visitor, late]) {
      expect(errorsOf(await each.send(acceptAction, choose(`slow${made}`)))).toHaveLength(1);
    }
  });

  it('sent anew has another link, and taken back has none', async () => {
    const email = `again${made}@example.com`;
    const former = await invited(email);
    const { id } = await db.invitation.findFirstOrThrow({ where: { email } });
    expect(toldBy(await act('resend', id))).toContain('Sent 1 invitation anew');
    const [mail] = await here.news();
    const token = mail ? tokenIn(mail, '/accounts/invitation/') : '';
    const text = async (each: string) => (await (await opened(each)).look(InvitationPage)).text;
    expect(await text(former)).toContain('sent anew since');
    expect(await text(token)).toContain(email);
    await act('revoke', id);
    expect(await text(token)).toContain('sent anew since');
    expect(toldBy(await act('resend', id))).toContain('Sent 0 invitations anew');
    expect(await here.news()).toEqual([]);
  });

  it('takes the permission, and too many to one address are refused', async () => {
    const staff = await makeStaff('account.view_invitation', 'account.change_invitation');
    const visitor = here.visitor(await browserOf(staff));
    expect((await invite({ email: 'b@example.com' }, undefined, visitor)).status).toBe(403);
    const email = `often${made}@example.com`;
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await invite({ email })).status);
    expect(statuses).toEqual([303, 303, 303, 429]);
    expect(await db.invitation.count({ where: { email } })).toBe(3);
    expect(await here.news()).toHaveLength(3);
  });

  it('is nothing while the settings close it, whoever has the link', async () => {
    const token = await invited(`shut${made}@example.com`);
    const { id } = await db.invitation.findFirstOrThrow({
      where: { email: `shut${made}@example.com` },
    });
    const closed = await site({ INVITATIONS_ENABLED: false });
    const visitor = closed.visitor();
    expect((await visitor.open(openInvitation, { token })).status).toBe(404);
    expect((await visitor.look(InvitationPage)).status).toBe(404);
    const root = closed.visitor(await browserOf(await makeSuperuser()));
    expect((await invite({ email: 'c@example.com' }, undefined, root)).status).toBe(403);
    await act('resend', id, root);
    await closed.during(() => remindInvited(new Date(Date.now() + 6.5 * 86_400_000)));
    expect(await closed.news()).toEqual([]);
    await closed.remove();
  });
});
