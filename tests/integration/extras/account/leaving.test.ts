import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteAccountAction } from '@/app/(account)/accounts/delete/actions';
import DeletePage from '@/app/(account)/accounts/delete/page';
import { GET as openUndo } from '@/app/(account)/accounts/delete/undo/[key]/route';
import { undoDeletionAction } from '@/app/(account)/accounts/delete/undo/actions';
import { usernameAction } from '@/app/(account)/accounts/username/actions';
import UsernamePage from '@/app/(account)/accounts/username/page';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { db, transaction } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { command } from '@/lib/extras/account/management/commands/clearaccounts';
import { isRetired } from '@/lib/extras/account/username/retired';
import { isUsernameTaken } from '@/lib/extras/account/username/taken';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import {
  errorsOf,
  type Sender,
  site,
  tokenIn,
  type Visitor,
} from '@/tests/support/account/visitor';
import { type Fields, save, untouched } from '@/tests/support/admin/object-forms';
import { reviewIn, saidOf } from '@/tests/support/admin/read-review';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { withDependents } from '@/tests/support/app-entry-points';
import { joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { answeredOrWaiting } from '@/tests/support/databases/answered-or-waiting';
import { run } from '@/tests/support/run-command';
import { browserOf } from '@/tests/support/server-call';

const OPEN = { ACCOUNT_DELETION_ENABLED: true, ACCOUNT_CHANGE_USERNAME: true };
const GRACE = 7 * 86_400;
const SENDERS: Sender[] = ['with scripts', 'without scripts'];

let here: Awaited<ReturnType<typeof site>>;
let patient: Awaited<ReturnType<typeof site>>;
let ada: User;
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site(OPEN);
  patient = await site({ ...OPEN, ACCOUNT_DELETION_GRACE: GRACE });
});
afterAll(async () => {
  await here.remove();
  await patient.remove();
});
beforeEach(async () => {
  vi.useRealTimers();
  await here.news();
  await patient.news();
  made += 1;
  const username = `ada${made}`;
  ada = await users.createUser({ username, email: `${username}@example.com`, password: null });
});

async function whoIs({ cookies }: Visitor) {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

const isThere = async (user: User) => (await users.getById(user.id)) !== null;
const oldSignIn = () =>
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 });

describe('deleting one’s account', () => {
  it.each(SENDERS)('takes along what any app keeps of it, %s', async (how) => {
    const mine = here.visitor(await browserOf(ada));
    await db.emailAddress.create({
      data: { userId: ada.id, email: ada.email, verified: true, primary: true },
    });
    await joinGroup(ada, await makeGroup(`Group ${made}`));
    const wrong = await mine.send(deleteAccountAction, { username: 'somebody' });
    expect(errorsOf(wrong)).toEqual(['This is not your username.']);
    const done = await mine.send(deleteAccountAction, { username: ada.username }, how);
    expect(done).toMatchObject({ status: 303, location: '/' });
    expect(await isThere(ada)).toBe(false);
    const userId = ada.id;
    expect(await db.emailAddress.count({ where: { userId } })).toBe(0);
    expect(await db.session.count({ where: { userId } })).toBe(0);
    expect(await db.userGroup.count({ where: { userId } })).toBe(0);
    expect(await whoIs(mine)).toBe('nobody');
    expect((await here.news()).map(({ headers }) => headers['to'])).toEqual([ada.email]);
  });

  it('is refused to the last superuser, at once and with time to think', async () => {
    await db.user.updateMany({ where: { isSuperuser: true }, data: { isActive: false } });
    const root = await makeSuperuser();
    const cookie = await browserOf(root);
    for (const place of [here, patient]) {
      const mine = place.visitor(cookie);
      const { username } = root;
      const refused = await mine.send(deleteAccountAction, { username });
      expect(errorsOf(refused).join()).toContain('last active superuser');
    }
    expect((await reload(root)).isActive).toBe(true);
    await makeSuperuser();
    await here.visitor(cookie).send(deleteAccountAction, { username: root.username });
    expect(await isThere(root)).toBe(false);
  });

  it('is refused to whoever has entries in the history, and says who can help', async () => {
    await db.logEntry.create({
      data: {
        userId: ada.id,
        actionTime: new Date(),
        objectRepr: 'x',
        actionFlag: 2,
        changeMessage: '',
      },
    });
    const mine = here.visitor(await browserOf(ada));
    const refused = await mine.send(deleteAccountAction, { username: ada.username });
    expect(errorsOf(refused).join()).toMatch(/what you did .* Ask the people who run the site/);
    expect(await isThere(ada)).toBe(true);
  });

  it('asks first who one is, where the sign-in is old', async () => {
    const mine = here.visitor(await browserOf(ada));
    oldSignIn();
    const answer = await mine.send(deleteAccountAction, { username: ada.username });
    expect(answer.location).toBe('/accounts/delete/');
    expect(await isThere(ada)).toBe(true);
  });

  it.each(SENDERS)('with time to think closes it, and a link brings it back, %s', async (how) => {
    const mine = patient.visitor(await browserOf(ada));
    await mine.send(deleteAccountAction, { username: ada.username }, how);
    expect(await whoIs(mine)).toBe('nobody');
    expect((await reload(ada)).isActive).toBe(false);
    const [mail] = await patient.news();
    const key = mail ? tokenIn(mail, '/accounts/delete/undo/') : '';
    const owner = patient.visitor();
    for (const method of ['HEAD', 'GET']) await owner.open(openUndo, { key }, method);
    expect((await reload(ada)).isActive).toBe(false);
    expect((await owner.send(undoDeletionAction, {}, how)).status).toBe(303);
    expect((await reload(ada)).isActive).toBe(true);
    await owner.open(openUndo, { key });
    expect(errorsOf(await owner.send(undoDeletionAction, {}))).toHaveLength(1);
    await run(command, []);
    expect(await isThere(ada)).toBe(true);
  });

  it('with time to think is done by the command once that is over', async () => {
    await patient
      .visitor(await browserOf(ada))
      .send(deleteAccountAction, { username: ada.username });
    const [mail] = await patient.news();
    await run(command, []);
    expect(await isThere(ada)).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + GRACE * 1000 + 1000 });
    const owner = patient.visitor();
    await owner.open(openUndo, { key: mail ? tokenIn(mail, '/accounts/delete/undo/') : '' });
    expect(errorsOf(await owner.send(undoDeletionAction, {}))).toHaveLength(1);
    await run(command, []);
    expect(await isThere(ada)).toBe(false);
    expect(errorsOf(await owner.send(undoDeletionAction, {}))).toHaveLength(1);
  });

  it('gives the link as long as was said, whatever the settings say since', async () => {
    await patient
      .visitor(await browserOf(ada))
      .send(deleteAccountAction, { username: ada.username });
    const [mail] = await patient.news();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + GRACE * 1000 - 1000 });
    const owner = here.visitor();
    await owner.open(openUndo, { key: mail ? tokenIn(mail, '/accounts/delete/undo/') : '' });
    expect((await owner.send(undoDeletionAction, {})).status).toBe(303);
    expect((await reload(ada)).isActive).toBe(true);
  });

  it.each(['one by one', 'many at once'])('wakes nobody put to sleep since, %s', async (how) => {
    await patient
      .visitor(await browserOf(ada))
      .send(deleteAccountAction, { username: ada.username });
    const [mail] = await patient.news();
    const by = await makeSuperuser();
    // What the log keeps of it is another app's, and is pruned.
    const out = withDependents('security-log');
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => !out.includes(label));
    const root = here.visitor(await browserOf(by));
    await overrideSettings({ INSTALLED_APPS }, async () => {
      for (const action of ['activate', 'deactivate']) {
        if (how === 'many at once') {
          const fields = { _model: 'auth.user', _query: '', _selected_action: String(ada.id) };
          const review = reviewIn(await root.send(listAction, { ...fields, action }));
          if (!review) throw new Error('Nothing was to be read.');
          await root.send(listAction, { ...fields, action, ...saidOf(review) });
        } else {
          const { is_active: _, ...fields } = await untouched(screens('auth.user'), ada.id);
          const on: Fields = action === 'activate' ? { is_active: 'on' } : {};
          await save('auth.user', { ...fields, ...on }, { id: ada.id, by });
        }
      }
    });
    const owner = patient.visitor();
    await owner.open(openUndo, { key: mail ? tokenIn(mail, '/accounts/delete/undo/') : '' });
    expect(errorsOf(await owner.send(undoDeletionAction, {}))).toHaveLength(1);
    expect((await reload(ada)).isActive).toBe(false);
  });

  it('is not there until the settings open it', async () => {
    const closed = await site({ ACCOUNT_DELETION_ENABLED: false });
    const mine = closed.visitor(await browserOf(ada));
    expect((await mine.look(DeletePage)).status).toBe(404);
    expect((await mine.send(deleteAccountAction, { username: ada.username })).status).toBe(404);
    expect(await isThere(ada)).toBe(true);
    await closed.remove();
  });
});

describe('another username', () => {
  it.each(SENDERS)('keeps the sessions and the former name from everybody, %s', async (how) => {
    const mine = here.visitor(await browserOf(ada));
    const elsewhere = here.visitor(await browserOf(ada));
    const username = `new${made}`;
    const done = await mine.send(usernameAction, { username }, how);
    expect(done.location).toBe('/accounts/');
    expect([await whoIs(mine), await whoIs(elsewhere)]).toEqual([username, username]);
    const [mail] = await here.news();
    expect(mail?.text).toContain(`which was ${ada.username}`);
    const next = await users.createUser({ username: `next${made}`, password: null });
    const taking = here.visitor(await browserOf(next));
    const names = [ada.username, ada.username.toUpperCase(), username, username.toUpperCase()];
    for (const taken of names) {
      expect(errorsOf(await taking.send(usernameAction, { username: taken }))).toHaveLength(1);
    }
    // The case of one's own name is one's own.
    for (const own of [`NEXT${made}`, `next${made}`]) {
      expect((await taking.send(usernameAction, { username: own })).status).toBe(303);
    }
    expect(await isRetired(ada.username, db, new Date(Date.now() + 31 * 86_400_000))).toBe(false);
  });

  it.runIf(testDatabase === 'postgresql')(
    'is given to one of two who take it at once',
    async () => {
      const model = getUserModel();
      const username = `Same${made}`;
      let second: Promise<boolean> | null = null;
      const first = await transaction(async (tx) => {
        const isTaken = await isUsernameTaken(tx, username);
        second = transaction((other) => isUsernameTaken(other, username.toLowerCase()));
        await answeredOrWaiting(second);
        await updateSqlRows(tx, model, { id: ada.id }, { [model.USERNAME_FIELD]: username });
        return isTaken;
      });
      expect([first, await second]).toEqual([false, true]);
    },
  );

  it('is not there until the settings open it', async () => {
    const closed = await site({ ACCOUNT_CHANGE_USERNAME: false });
    const mine = closed.visitor(await browserOf(ada));
    expect((await mine.look(UsernamePage)).status).toBe(404);
    expect((await mine.send(usernameAction, { username: 'x' })).status).toBe(404);
    await closed.remove();
  });
});
