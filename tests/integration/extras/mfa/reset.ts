import { describe, expect, it } from 'vitest';
import { enrollAction } from '@/app/(mfa)/accounts/2fa/enroll/actions';
import enrollPage from '@/app/(mfa)/accounts/2fa/enroll/page';
import {
  declineResetAction,
  resetFactorsAction,
} from '@/app/(mfa)/admin/[app]/[model]/[id]/2fa/actions';
import resetPage from '@/app/(mfa)/admin/[app]/[model]/[id]/2fa/page';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { databaseProvider, db, type TransactionClient, transaction } from '@/lib/db/client';
import { lockUser } from '@/lib/extras/mfa/factors/factor-changes';
import { command } from '@/lib/extras/mfa/management/commands/resetmfa';
import { resetByCommand } from '@/lib/extras/mfa/reset/reset-factors';
import { grant } from '@/tests/support/auth/grants';
import { makeUser } from '@/tests/support/auth/sign-in';
import { mailFolder } from '@/tests/support/mail';
import {
  addCodes,
  codeOf,
  MfaBrowser,
  makePersonWithTotp,
  propOf,
  signedInWithCode,
} from '@/tests/support/mfa/people';
import { later } from './set-up';

const PERMS = ['mfa.reset_factors', 'auth.view_user'];

/** A browser of a member of staff who may reset factors. */
async function helper(perms: readonly string[] = PERMS): Promise<MfaBrowser> {
  const user = await makeUser();
  await db.user.update({ where: { id: user.id }, data: { isStaff: true } });
  for (const perm of perms) await grant(user, perm);
  const browser = new MfaBrowser();
  await browser.password(user);
  return browser;
}

const resetOf = (
  browser: MfaBrowser,
  { id }: Pick<User, 'id'>,
  more: Record<string, string> = {},
) =>
  browser.form((state, form) => resetFactorsAction(state, form), {
    _id: String(id),
    what: 'all',
    reason: 'Showed me their passport.',
    ...more,
  });

const pageOf = (browser: MfaBrowser, { id }: Pick<User, 'id'>) =>
  browser.page(resetPage, { app: 'auth', model: 'user', id: String(id) });

const ticketIn = async (browser: MfaBrowser, user: User) =>
  String(propOf((await pageOf(browser, user)).value, 'ticket'));

describe('a reset by somebody who runs the site', () => {
  it('takes factors, trust and sessions, and leaves a ticket without which nobody enrols', async () => {
    const ada = await makePersonWithTotp();
    await addCodes(ada.user);
    const owner = await signedInWithCode(ada);
    const admin = await helper();
    expect((await resetOf(admin, ada.user)).location).toBe(`/admin/auth/user/${ada.user.id}/2fa/`);
    expect((await owner.user())?.isAuthenticated ?? false).toBe(false);
    const where = { userId: ada.user.id };
    expect([await db.totp.count({ where }), await db.recoveryCode.count({ where })]).toEqual([
      0, 0,
    ]);
    const ticket = await ticketIn(admin, ada.user);

    const thief = new MfaBrowser();
    expect((await thief.password(ada.user)).location).toBe('/accounts/2fa/enroll/');
    const page = await thief.page(enrollPage);
    expect(propOf(page.value, 'needsTicket')).toBe(true);
    const code = codeOf(String(propOf(page.value, 'secret')));
    const enroll = (from: MfaBrowser, values: Record<string, string>) =>
      from.form((state, form) => enrollAction(state, form), values);
    for (const wrong of ['', '123456', ticket.replace(/^./, (c) => (c === '7' ? '8' : '7'))]) {
      const { state } = await enroll(thief, { code, ticket: wrong });
      expect(state?.fieldErrors).toHaveProperty('ticket');
      expect(state?.values).toEqual({});
    }
    expect(await db.totp.count({ where })).toBe(0);
    await db.throttle.deleteMany();
    const done = await enroll(thief, { code, ticket });
    expect(done.location).toBe('/accounts/2fa/enroll/recovery-codes/');
    expect(await db.enrollmentTicket.count({ where })).toBe(0);
  });

  it('leaves a ticket that expires, and still nobody enrols by the password alone', async () => {
    const ada = await makePersonWithTotp();
    const admin = await helper();
    await resetOf(admin, ada.user);
    const ticket = await ticketIn(admin, ada.user);
    later(settings.MFA_RESET_AGE + 1);
    const owner = new MfaBrowser();
    expect((await owner.password(ada.user)).location).toBe('/accounts/2fa/enroll/');
    const code = codeOf(String(propOf((await owner.page(enrollPage)).value, 'secret')));
    const { state } = await owner.form((s, form) => enrollAction(s, form), { code, ticket });
    expect(state?.fieldErrors['ticket']?.[0]).toContain('expired');
  });

  it('is in the log with its reason, in the history, and in a mail without the ticket', async () => {
    const ada = await makePersonWithTotp();
    await db.user.update({ where: { id: ada.user.id }, data: { email: 'ada@example.com' } });
    const admin = await helper();
    const folder = await mailFolder();
    await overrideSettings({ EMAIL_URL: folder.url }, () => resetOf(admin, ada.user));
    const ticket = await ticketIn(admin, ada.user);
    const [mail] = await folder.mails();
    expect(mail?.text).toContain('Your second factors were reset');
    expect(JSON.stringify(mail)).not.toContain(ticket);
    await folder.remove();
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { targetId: ada.user.id, event: 'authn_token_revoked' },
    });
    expect(JSON.parse(entry.detail)).toMatchObject({
      kind: 'all',
      removed: 1,
      reason: 'Showed me their passport.',
    });
    expect(entry.detail).not.toContain(ticket);
    const history = await db.logEntry.findFirstOrThrow({
      where: { objectId: String(ada.user.id) },
    });
    expect(history.changeMessage).toContain('second factors');
  });

  it('is for whoever holds the permission, not of oneself, not of the mightier', async () => {
    const ada = await makePersonWithTotp();
    const root = await makePersonWithTotp();
    await db.user.update({ where: { id: root.user.id }, data: { isSuperuser: true } });
    const mighty = await makePersonWithTotp();
    await grant(mighty.user, 'auth.delete_user');
    const none = await helper(['auth.view_user']);
    const admin = await helper();
    const self = (await admin.user()) as User;
    for (const [browser, target] of [
      [none, ada.user],
      [admin, root.user],
      [admin, mighty.user],
      [admin, self],
    ] as const) {
      expect((await resetOf(browser, target)).status).toBe(403);
      expect((await pageOf(browser, target)).status).toBe(403);
    }
    expect((await resetOf(admin, { id: 999_999 })).status).toBe(404);
    expect(await db.enrollmentTicket.count({ where: { userId: root.user.id } })).toBe(0);
  });

  it('asks who one is once more when the sign-in is old, and why', async () => {
    const ada = await makePersonWithTotp();
    const admin = await helper();
    expect((await resetOf(admin, ada.user, { reason: ' ' })).state?.fieldErrors).toHaveProperty(
      'reason',
    );
    expect((await resetOf(admin, ada.user, { what: 'x' })).state?.fieldErrors).toHaveProperty(
      'what',
    );
    later(settings.STEP_UP_AGE ?? 0);
    const { state } = await resetOf(admin, ada.user);
    expect(state?.fieldErrors).toHaveProperty('confirm_password');
    expect(await db.totp.count({ where: { userId: ada.user.id } })).toBe(1);
  });

  it('removes one as long as another is left, and the recovery codes alone', async () => {
    const ada = await makePersonWithTotp();
    await addCodes(ada.user);
    const where = { userId: ada.user.id };
    const admin = await helper();
    const totp = await db.totp.findUniqueOrThrow({ where });
    const refused = await resetOf(admin, ada.user, { what: `totp:${totp.id}` });
    expect(refused.state?.formErrors[0]).toContain('last factor');
    const [code] = await db.recoveryCode.findMany({ where });
    const done = await resetOf(admin, ada.user, { what: `recovery_codes:${code?.id}` });
    expect(done.location).not.toBeNull();
    expect([await db.totp.count({ where }), await db.recoveryCode.count({ where })]).toEqual([
      1, 0,
    ]);
  });
});

describe('a reset that takes two people', () => {
  const two = <T>(body: () => Promise<T>) => overrideSettings({ MFA_RESET_APPROVALS: 2 }, body);

  it('is asked for by one and done by another, within a day', async () => {
    const ada = await makePersonWithTotp();
    const [first, second] = [await helper(), await helper()];
    const left = () => db.totp.count({ where: { userId: ada.user.id } });
    await two(async () => {
      await resetOf(first, ada.user);
      expect(await left()).toBe(1);
      const again = await resetOf(first, ada.user);
      expect(again.state?.formErrors[0]).toContain('somebody else');
      expect(await left()).toBe(1);
      await resetOf(second, ada.user);
      expect(await left()).toBe(0);
    });
  });

  it('is void after a day, once declined, and once the first may not any more', async () => {
    const ada = await makePersonWithTotp();
    const left = () => db.totp.count({ where: { userId: ada.user.id } });
    await two(async () => {
      let [first, second] = [await helper(), await helper()];
      await resetOf(first, ada.user);
      later(settings.MFA_RESET_AGE + 1);
      second = await helper();
      await resetOf(second, ada.user);
      expect(await left()).toBe(1);
      first = await helper();
      await first.post((form) => declineResetAction(form), { _id: String(ada.user.id) });
      await resetOf(first, ada.user);
      expect(await left()).toBe(1);
      const asked = (await first.user()) as User;
      await db.userPermission.deleteMany({ where: { userId: asked.id } });
      await resetOf(await helper(), ada.user);
      expect(await left()).toBe(1);
    });
  });
});

/** Whether somebody waits for a lock of this transaction. On SQLite whoever asks does. */
async function hasWaiter(tx: TransactionClient): Promise<boolean> {
  if (databaseProvider() === 'sqlite') return true;
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM pg_locks WHERE NOT granted
      AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
  return Number(row?.count) > 0;
}

describe('manage resetmfa', () => {
  it('waits for whoever changes the factors meanwhile, and takes theirs too', async () => {
    const user = await makeUser();
    const resetting = await transaction(async (tx) => {
      await lockUser(tx, user.id);
      await tx.recoveryCode.create({
        data: { userId: user.id, codeHash: 'new', created: new Date() },
      });
      const second = { isOver: false, done: resetByCommand(user) };
      void second.done.then(() => {
        second.isOver = true;
      });
      while (!second.isOver && !(await hasWaiter(tx)));
      return second;
    });
    await resetting.done;
    expect(await db.recoveryCode.count({ where: { userId: user.id } })).toBe(0);
  });

  it('resets, and prints the ticket', async () => {
    const ada = await makePersonWithTotp();
    const out: string[] = [];
    const io = { out: (line: string) => void out.push(line), err: () => {}, isTty: false };
    const prompt = () => Promise.reject(new Error('no prompt'));
    expect(await command.run([ada.user.username], { ...io, prompt })).toBe(0);
    expect(out.at(-1)).toMatch(/: ([0-9A-Z]{6}-){3}[0-9A-Z]{6}$/);
    expect(await db.totp.count({ where: { userId: ada.user.id } })).toBe(0);
    await expect(command.run(['nobody'], { ...io, prompt })).rejects.toThrow("no user 'nobody'");
    await expect(command.run([], { ...io, prompt })).rejects.toThrow('Give one username');
  });
});
