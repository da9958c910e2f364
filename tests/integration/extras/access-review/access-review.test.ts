import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmHoldersAction } from '@/app/(access-review)/admin/[app]/[model]/[id]/review/actions';
import { GET } from '@/app/(access-review)/admin/[app]/[model]/[id]/review/export/route';
import ReviewPage from '@/app/(access-review)/admin/[app]/[model]/[id]/review/page';
import type { PermissionName } from '@/lib/apps/installed';
import { brought } from '@/lib/apps/registry';
import { overrideSettings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { reviewNote } from '@/lib/extras/access-review/holder-note';
import { standingOf } from '@/lib/extras/access-review/reviews';
import { exportReviews } from '@/lib/extras/access-review/user-export';
import { whoHoldsCsv } from '@/lib/extras/access-review/who-holds';
import { emptyFormState, isFormState } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf, callServer } from '@/tests/support/server-call';

const PERM = 'articles.delete_article';
const SEES: PermissionName[] = ['auth.view_user', 'auth.view_group', 'auth.view_permission'];
const CONFIRMS: PermissionName[] = [...SEES, 'access_review.add_accessreview'];

let made = 0;
let mia: User;
let ada: User;
let ben: User;
let group = 0;
let permission = 0;

beforeAll(freshDatabase);
beforeEach(async () => {
  made += 1;
  for (const table of brought('grantTables')) {
    await db.$executeRaw`DELETE FROM ${identifier(table)}`;
  }
  await db.accessReview.deleteMany();
  await db.userGroup.deleteMany();
  await db.userPermission.deleteMany();
  await db.user.updateMany({ data: { isSuperuser: false } });
  mia = await makeStaff(...CONFIRMS);
  ada = await users.createUser({ username: `ada${made}`, firstName: '=1+1', email: 'a@x.org' });
  ben = await users.createUser({ username: `ben${made}`, isActive: false });
  group = await makeGroup(`Moderators${made}`, [PERM]);
  permission = await permissionId(PERM);
  await joinGroup(ada, group);
});

const ofGroup = () => ({ kind: 'group', id: group, name: `Moderators${made}` }) as const;
const ofPerm = () => ({ kind: 'permission', id: permission, name: PERM }) as const;

async function confirm(subject: ReturnType<typeof ofGroup | typeof ofPerm>, by = mia, digest = '') {
  const read = digest || (await standingOf(subject)).digest;
  const fields = { _model: `auth.${subject.kind}`, _id: String(subject.id) };
  const form = formOf({ ...fields, note: 'Asked their lead.', digest: read });
  const cookie = await browserOf(await reload(by));
  return callServer(cookie, () => confirmHoldersAction(emptyFormState, form));
}

async function read(by: User, model: string, id: number | string) {
  const cookie = await browserOf(await reload(by));
  const params = { app: 'auth', model, id: String(id) };
  const origin = 'http://localhost:3000';
  const headers = { cookie, host: 'localhost:3000' };
  const url = `${origin}/admin/auth/${model}/${id}/review/`;
  const props = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
  const page = await answerOf(new Request(url, { headers }), 'page', () => ReviewPage(props));
  const asked = new Request(`${url}export/`, { headers });
  const context = { params: Promise.resolve(params) };
  const file = await answerOf(asked, 'handler', () => GET(asked, context));
  return { page: page.status, file };
}

async function csv(subject: ReturnType<typeof ofGroup | typeof ofPerm>, viewer = mia) {
  let text = '';
  for await (const part of whoHoldsCsv(await reload(viewer), subject)) text += part;
  return text.trimEnd().split('\r\n').slice(1);
}

describe('a confirmation of holders', () => {
  it('keeps who confirmed whom, with the entry of the log', async () => {
    await joinGroup(ben, group);
    const { status, location } = await confirm(ofGroup());
    expect({ status, location }).toEqual({
      status: 303,
      location: `/admin/auth/group/${group}/review/`,
    });
    const review = await db.accessReview.findFirstOrThrow({
      orderBy: { id: 'desc' },
      include: { people: true },
    });
    expect(review).toMatchObject({
      kind: 'group',
      objectId: group,
      holders: 2,
      reviewerId: mia.id,
    });
    expect(review.people.map(({ userId }) => userId).toSorted()).toEqual([ada.id, ben.id]);
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { actorId: mia.id, event: 'authz_admin' },
    });
    expect(JSON.parse(entry.detail)).toMatchObject({
      act: 'confirmed who is in a group',
      group: `Moderators${made}`,
      holders: 2,
    });
  });

  it('tells who was added and who went since', async () => {
    expect((await standingOf(ofPerm())).since).toBeNull();
    await confirm(ofPerm());
    await grant(ben, PERM);
    await db.userGroup.deleteMany({ where: { userId: ada.id } });
    const { since, count } = await standingOf(ofPerm());
    expect(count).toBe(1);
    expect(since).toEqual({
      added: { count: 1, named: [expect.objectContaining({ id: ben.id })] },
      gone: { count: 1, named: [expect.objectContaining({ id: ada.id })] },
    });
    const note = await reviewNote(await reload(mia), ofPerm(), [ben.id]);
    expect(note?.text).toContain(`${mia.username} confirmed on`);
    expect(note?.marks.get(ben.id)).toMatch(/^Added since /);
  });

  it('counts a new superuser as added to every permission', async () => {
    await confirm(ofPerm());
    const root = await makeSuperuser();
    const { since } = await standingOf(ofPerm());
    expect(since?.added.named.map(({ id }) => id)).toEqual([root.id]);
  });

  it('is refused where others hold it than were read', async () => {
    const { digest } = await standingOf(ofPerm());
    await grant(ben, PERM);
    const { value } = await confirm(ofPerm(), mia, digest);
    if (!isFormState(value)) throw new Error('It was confirmed unread.');
    expect(value.formErrors[0]).toContain('Others hold it by now');
    expect(value.values['note']).toBe('Asked their lead.');
    expect(await db.accessReview.count({ where: { kind: 'permission', reviewerId: mia.id } })).toBe(
      0,
    );
  });

  it('is refused where nobody can read so many', async () => {
    const { value, status } = await overrideSettings({ ACCESS_REVIEW_MOST: 0 }, () =>
      confirm(ofPerm(), mia, 'x'),
    );
    expect(status).toBe(200);
    expect(isFormState(value) && value.formErrors[0]).toContain('too many');
  });

  it.each<[string, PermissionName[], number]>([
    ['group', CONFIRMS, 303],
    ['group', SEES, 403],
    ['group', ['auth.view_user', 'auth.view_permission', 'access_review.add_accessreview'], 403],
    ['permission', ['auth.view_permission', 'access_review.add_accessreview'], 403],
    ['permission', CONFIRMS, 303],
  ])('of a %s by who holds %j is answered with %i', async (kind, perms, status) => {
    const by = await makeStaff(...perms);
    const subject = kind === 'group' ? ofGroup() : ofPerm();
    expect((await confirm(subject, by)).status).toBe(status);
  });

  it('is told, without who did it, to whom it was about, who wants their data', async () => {
    await confirm(ofGroup());
    const told = JSON.stringify((await exportReviews(ada)).confirmedOfYou);
    expect(told).toContain(`Moderators${made}`);
    expect(told).not.toContain('Asked their lead.');
    expect((await exportReviews(ben)).confirmedOfYou).toEqual([]);
    expect(JSON.stringify((await exportReviews(mia)).accessReviews)).toContain('Asked their lead.');
  });

  it('stays on record without those who are deleted', async () => {
    await confirm(ofGroup());
    await deleteRows(screens('auth.user'), [ada.id, mia.id], requestOf(await makeSuperuser()));
    const review = await db.accessReview.findFirstOrThrow({
      where: { kind: 'group', objectId: group },
      include: { people: true },
    });
    expect(review).toMatchObject({ reviewer: mia.username, reviewerId: null, people: [] });
  });
});

describe('who holds what, as a file', () => {
  it('has a line for each way, with its end, and formulas as text', async () => {
    await grant(ada, PERM);
    await confirm(ofPerm());
    const [table] = brought('grantTables');
    const until = new Date('2999-01-01T00:00:00Z');
    if (table) {
      const columns = Prisma.sql`(user_id, permission_id, until, created, granter, reason)`;
      await db.$executeRaw`INSERT INTO ${identifier(table)} ${columns}
        VALUES (${ben.id}, ${permission}, ${until}, ${new Date()}, 'root', '-1')`;
    }
    const names = `"ada${made}","'=1+1","","a@x.org","true"`;
    expect(await csv(ofPerm())).toEqual([
      `"${PERM}",${names},"direct","","","","","true"`,
      `"${PERM}",${names},"group","Moderators${made}","","","","true"`,
      ...(table
        ? [
            `"${PERM}","ben${made}","","","","false","direct","","${until.toISOString()}","root","'-1","false"`,
          ]
        : []),
    ]);
    expect(await csv(ofGroup())).toEqual([
      `"Moderators${made}",${names},"member","Moderators${made}","","","","false"`,
    ]);
  });

  it('names groups to who may view groups', async () => {
    const clerk = await makeStaff('auth.view_user', 'auth.view_permission');
    expect((await csv(ofPerm(), clerk)).join()).toContain(`"group","group ${group}"`);
  });

  it('is there for who may see everybody, and kept in the log', async () => {
    const { page, file } = await read(mia, 'permission', permission);
    expect([page, file.status]).toEqual([200, 200]);
    const sent = file.value instanceof Response ? file.value.headers : new Headers();
    expect(sent.get('cache-control')).toBe('no-store');
    expect(sent.get('content-disposition')).toContain(`who-holds-permission-${permission}-`);
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { actorId: mia.id, event: 'authz_admin' },
    });
    expect(JSON.parse(entry.detail)).toEqual({ act: `exported who holds ${PERM}` });
    const clerk = await makeStaff('auth.view_permission');
    const refused = await read(clerk, 'permission', permission);
    expect([refused.page, refused.file.status]).toEqual([403, 403]);
    for (const [model, id] of [
      ['user', mia.id],
      ['group', 2147483647],
      ['permission', 'x'],
    ] as const) {
      const missing = await read(mia, model, id);
      expect([missing.page, missing.file.status]).toEqual([404, 404]);
    }
  });

  it('is for staff alone', async () => {
    const { page, file } = await read(ada, 'permission', permission);
    expect([page, file.status]).toEqual([403, 403]);
  });
});
