import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actionsFor, takeAction } from '@/lib/contrib/admin/actions';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { objectFrame } from '@/lib/contrib/admin/object/object-page';
import { findRows } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { grant } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

const KEY = 'security.throttle';
const DEVICE = 'B'.repeat(16);

let root: User;
let ada: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  ada = await users.createUser({ username: 'ada', email: 'ada@example.org' });
});
beforeEach(async () => {
  await db.throttle.deleteMany();
});

async function lockOut(account: string, device: string | null = null): Promise<void> {
  const keys = { account, network: '192.0.2.7', device };
  for (let i = 0; i < 7; i += 1) {
    await reserveAttempt('login', keys, { request: { ipAddress: '192.0.2.7' } });
  }
}

const list = (query: string, viewer = root) =>
  getChangeList(screens(KEY), viewer, new URLSearchParams(query));

async function actionsOn(viewer: User): Promise<string[]> {
  const admin = screens('auth.user');
  const [row] = await findRows(db, admin.meta, [ada.id]);
  if (!row) throw new Error('Ada is gone.');
  return (await objectFrame(admin, row, viewer)).actions.map(({ label }) => label);
}

async function letIn(by: User) {
  const admin = screens('auth.user');
  const action = (await actionsFor(admin, by)).find(({ name }) => name === 'let_in');
  if (!action) return null;
  const call = { request: requestOf(by), ids: [ada.id], isFresh: true };
  const taken = await takeAction(admin, action, call);
  return taken.kind === 'done' ? taken.outcome : taken;
}

const waiting = () => db.throttle.count({ where: { scope: { not: 'network' } } });

describe('who has to wait', () => {
  it('is found by the name that was typed, and named where the log knows them', async () => {
    await lockOut('ada');
    await lockOut('nobody-of-that-name');
    for (const query of ['q=ada', 'q=ada@example.org']) {
      const { rows } = await list(query);
      expect(rows.map(({ cells }) => cells[0])).toEqual([
        {
          kind: 'rich',
          value: {
            cell: 'person',
            name: 'ada',
            detail: '',
            href: `/admin/auth/user/${ada.id}/change/`,
          },
        },
      ]);
    }
    const unknown = await list('q=nobody-of-that-name');
    expect(unknown.rows.map(({ cells }) => cells[0])).toEqual([
      { kind: 'text', value: 'A name that is not known' },
    ]);
  });

  it('is neither named nor found for who may not view people', async () => {
    await lockOut('ada');
    const blind = await makeStaff('security.view_throttle');
    expect((await list('q=ada', blind)).rows).toEqual([]);
    expect(JSON.stringify((await list('', blind)).rows)).not.toContain('ada');
    const sees = await makeStaff('security.view_throttle', 'auth.view_user');
    expect((await list('q=ada', sees)).rows).toHaveLength(1);
  });

  it('waits until no day in 1970', async () => {
    await reserveAttempt('login', { account: 'ada', network: '', device: null });
    const { rows, columns } = await list('');
    const place = columns.findIndex(({ name }) => name === 'blockedUntil');
    expect(rows[0]?.cells[place]).toEqual({ kind: 'empty' });
    const row = await db.throttle.findFirstOrThrow();
    const form = JSON.stringify(await changeForm(screens(KEY), row, { canChange: false }));
    expect(form).toContain('Nobody waits');
    expect(form).not.toContain('1970');
  });
});

describe('letting in again', () => {
  it('is one press on the person, for account and devices, and is logged', async () => {
    expect(await actionsOn(root)).not.toContain('Let in again');
    await lockOut('ada');
    await lockOut('ada', DEVICE);
    await lockOut('somebody else');
    expect(await actionsOn(root)).toContain('Let in again');
    expect(await letIn(root)).toMatchObject({
      level: 'success',
      text: 'ada may try again at once.',
    });
    expect(await waiting()).toBe(1);
    expect((await eventsAbout(ada.id)).at(-1)).toMatchObject({ event: 'authz_admin' });
    const again = await reserveAttempt('login', { account: 'ada', network: '', device: null });
    expect(again.allowed).toBe(true);
  });

  it('is for who may change people and delete waits, and holds what they hold', async () => {
    await lockOut('ada');
    const clerk = await makeStaff('auth.change_user', 'security.delete_throttle');
    for (const other of [
      await makeStaff('auth.change_user', 'security.view_throttle'),
      await makeStaff('auth.view_user', 'security.delete_throttle'),
    ]) {
      expect(await actionsOn(other)).not.toContain('Let in again');
      expect(await letIn(other)).toBeNull();
    }
    expect(await actionsOn(clerk)).toContain('Let in again');
    await grant(ada, 'articles.publish_article');
    expect(await actionsOn(clerk)).not.toContain('Let in again');
    expect(await letIn(clerk)).toMatchObject({ level: 'warning' });
    expect(await waiting()).toBe(1);
  });
});
