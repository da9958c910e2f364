import { beforeAll, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { objectFrame } from '@/lib/contrib/admin/object/object-page';
import { findRows } from '@/lib/contrib/admin/rows';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { timelineOf } from '@/lib/extras/security-log/timeline';
import { save } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

let root: User;
let ada: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  ada = await users.createUser({ username: 'ada' });
  const groupId = await makeGroup('Secret keepers');
  const fields = { username: 'ada', is_active: 'on', groups: String(groupId) };
  await save('auth.user', fields, { id: ada.id, by: root });
  await logSecurityEvent({ name: 'authn_login_success', actor: ada });
  const publish = await permissionId('articles.publish_article');
  const given = { name: 'Secret keepers', permissions: [publish] };
  await save('auth.group', given, { id: groupId, by: root });
});

const textOf = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join('');

async function told(viewer: User): Promise<string[]> {
  const { entries } = await timelineOf(viewer, ada.id, null);
  return entries.map(({ parts }) => textOf(parts));
}

const log = (viewer: User, query = '') =>
  getChangeList(screens('security.securitylogentry'), viewer, new URLSearchParams(query));

describe('the timeline of a person', () => {
  it('says what they did and what was done to them, the last first', async () => {
    expect(await told(root)).toEqual([
      'ada signed in',
      `${root.username} put ada into Secret keepers`,
    ]);
  });

  it('names groups to who may view groups, and leads to people who may view people', async () => {
    const clerk = await makeStaff('security.view_securitylogentry', 'auth.view_user');
    expect(await told(clerk)).toContain(`${root.username} put ada into a group`);
    const { entries } = await timelineOf(clerk, ada.id, null);
    expect(JSON.stringify(entries)).not.toContain('Secret');
    expect(JSON.stringify(entries)).toContain(`/admin/auth/user/${ada.id}/change/`);
    const blind = await makeStaff('security.view_securitylogentry');
    expect(JSON.stringify((await log(blind)).rows)).not.toContain('/admin/auth/user/');
    expect(JSON.stringify((await log(blind)).rows)).not.toContain('Secret');
  });

  it('is a tab for who may view the log, and a page for nobody else', async () => {
    const admin = screens('auth.user');
    const [row] = await findRows(db, admin.meta, [ada.id]);
    if (!row) throw new Error('Ada is gone.');
    const tabs = async (...perms: PermissionName[]) =>
      (await objectFrame(admin, row, await makeStaff(...perms))).tabs.map(({ label }) => label);
    expect(await tabs('auth.view_user', 'security.view_securitylogentry')).toContain('Activity');
    expect(await tabs('auth.view_user')).not.toContain('Activity');
  });

  it('is read page by page, in as many statements however long it is', async () => {
    const counted = async () => (await statementsOf(() => timelineOf(root, ada.id, null))).length;
    const few = await counted();
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { event: 'authn_login_success' },
      omit: { id: true },
    });
    await db.securityLogEntry.createMany({ data: Array.from({ length: 118 }, () => entry) });
    expect(await counted()).toBe(few);
    const seen: number[] = [];
    for (let before: number | null = null, pages = 0; pages < 9; pages += 1) {
      const page: Awaited<ReturnType<typeof timelineOf>> = await timelineOf(root, ada.id, before);
      seen.push(...page.entries.map(({ id }) => id));
      before = page.older;
      if (before === null) break;
    }
    expect(seen).toHaveLength(120);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a));
  });
});

describe('the list of the log', () => {
  it('says it in sentences, with the detail behind a click', async () => {
    const { rows } = await log(root, `q=${root.username}&o=1`);
    const cells = rows.map(({ cells: [, cell] }) => cell);
    expect(cells.at(-1)).toMatchObject({
      kind: 'rich',
      value: { cell: 'sentence', tone: 'warning', raw: expect.stringContaining('"members":1') },
    });
    const texts = cells.map((cell) =>
      cell?.kind === 'rich' && cell.value.cell === 'sentence' ? textOf(cell.value.parts) : '',
    );
    expect(texts).toContain(`${root.username} gave Secret keepers Can publish article (1 person)`);
  });

  it('takes as many statements for a hundred entries as for two', async () => {
    const counted = async () =>
      (await statementsOf(() => log(root, 'event=privilege_permissions_changed'))).length;
    const few = await counted();
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { event: 'privilege_permissions_changed' },
      omit: { id: true },
    });
    await db.securityLogEntry.createMany({ data: Array.from({ length: 90 }, () => entry) });
    expect(await counted()).toBe(few);
  });
});
