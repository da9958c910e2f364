import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteAction, saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { reviewIn, saidOf } from '@/tests/support/admin/read-review';
import { screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import type { Answer } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { browser, CHEAP } from './browser';

const MEMBERS = 22;
const PERM = 'articles.view_article';

let made = 0;
let root: User;
let mine = browser();
let group = 0;
let members: User[] = [];

beforeAll(freshDatabase);

beforeEach(async () => {
  made += 1;
  await overrideSettings(CHEAP, async () => {
    root = await users.createSuperuser({ username: `root${made}`, password: 'correct horse' });
  });
  mine = browser(await browserOf(await reload(root)));
  group = await makeGroup(`group${made}`, [PERM]);
  members = [];
  for (let i = 0; i < MEMBERS; i += 1) {
    const user = await users.createUser({ username: `m${made}n${i}` });
    await joinGroup(user, group);
    members.push(user);
  }
});

const holds = async () => (await db.groupPermission.count({ where: { groupId: group } })) > 0;

/** The form of the group without its permission, and what is said of the review. */
async function takeAway(said: Fields = {}, by = mine): Promise<Answer> {
  const shown = await untouched(screens('auth.group'), group);
  const fields = { ...shown, permissions: [], _model: 'auth.group', _id: [group], ...said };
  return by.send(() => saveAction(emptyFormState, formOf(fields)));
}

function readIn(answer: Answer) {
  const review = reviewIn(answer);
  if (!review) throw new Error('Nothing was asked.');
  return review;
}

describe('a form that takes a permission from many', () => {
  it('writes nothing before it was read, and nothing else than what was read', async () => {
    const review = readIn(await takeAway());
    expect([await holds(), review.losers]).toEqual([true, MEMBERS]);
    expect(readIn(await takeAway({ ...saidOf(review), _reviewed: 'forged' })).digest).toBe(
      review.digest,
    );
    const late = await users.createUser({ username: `late${made}` });
    await joinGroup(late, group);
    const again = readIn(await takeAway(saidOf(review)));
    expect([again.losers, await holds()]).toEqual([MEMBERS + 1, true]);
    expect((await takeAway(saidOf(again))).status).toBe(303);
    expect(await holds()).toBe(false);
  });

  it('wants the number of people typed, and says so', async () => {
    const said = saidOf(readIn(await takeAway()));
    for (const count of ['', '21', 'all', '22x']) {
      const answer = await takeAway({ ...said, _count: count });
      expect([await holds(), readIn(answer).losers]).toEqual([true, MEMBERS]);
      expect(JSON.stringify([...(answer.notes.answers?.values() ?? [])])).toContain('Type 22');
    }
    expect((await takeAway({ ...said, _count: ' 22 ' })).status).toBe(303);
    expect(await holds()).toBe(false);
  });

  it('keeps the reason in the history and the log, and refuses one that is a book', async () => {
    const said = saidOf(readIn(await takeAway()));
    readIn(await takeAway({ ...said, _reason: 'x'.repeat(501) }));
    expect(await holds()).toBe(true);
    await takeAway({ ...said, _reason: 'They left the “team”' });
    const [entry] = await db.logEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(JSON.parse(entry?.changeMessage ?? '')).toEqual([
      { changed: { fields: ['Permissions'] } },
      { moved: { taken: [PERM] } },
      { reason: { text: 'They left the “team”' } },
    ]);
    const [event] = await db.securityLogEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({
      group: `group${made}`,
      taken: [PERM],
      reason: 'They left the “team”',
    });
  });

  it('goes back to the form with all that was typed', async () => {
    const answer = await takeAway({ ...saidOf(readIn(await takeAway())), name: 'New', _edit: '1' });
    expect(answer.notes.answers?.get('admin.form')).toMatchObject({
      kind: 'edit',
      state: { values: { name: 'New', permissions: '' }, formErrors: [] },
    });
    expect(await holds()).toBe(true);
  });

  it('asks nothing where nobody feels it', async () => {
    await db.userGroup.deleteMany({ where: { groupId: group } });
    expect((await takeAway()).status).toBe(303);
    expect(await holds()).toBe(false);
  });
});

describe('the deletion of a group', () => {
  const remove = (said: Fields = {}) =>
    mine.send(() =>
      deleteAction(
        emptyFormState,
        formOf({ _model: 'auth.group', _id: [group], post: 'yes', ...said }),
      ),
    );
  const removeTicked = (said: Fields = {}) => {
    const ticked = { action: 'delete_selected', _selected_action: [group], post: 'yes' };
    const form = formOf({ _model: 'auth.group', _query: '', ...ticked, ...said });
    return mine.send(() => listAction(form));
  };
  const isThere = async () => (await db.group.count({ where: { id: group } })) === 1;

  it.each([
    ['one by one', remove],
    ['of ticked ones', removeTicked],
  ])('is not done before who loses what was read: %s', async (_, send) => {
    await send();
    expect(await isThere()).toBe(true);
    // The page that asks shows the same review.
    const review = readIn(await removeTicked());
    expect(review.losers).toBe(MEMBERS);
    await send({ ...saidOf(review), _count: '3' });
    expect(await isThere()).toBe(true);
    await send({ ...saidOf(review), _reason: 'Merged' });
    expect(await isThere()).toBe(false);
    const [event] = await db.securityLogEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({ isDeleted: true, reason: 'Merged' });
  });
});

describe('an action on many people', () => {
  const deactivate = (said: Fields = {}, by = mine) => {
    const ids = members.map(({ id }) => id);
    const ticked = { action: 'deactivate', _selected_action: ids, _query: '' };
    return by.send(() => listAction(formOf({ _model: 'auth.user', ...ticked, ...said })));
  };
  const active = () =>
    db.user.count({ where: { id: { in: members.map(({ id }) => id) }, isActive: true } });

  it('is read and counted first, with the sessions that end', async () => {
    const [one] = members;
    if (one) await browserOf(one);
    const review = readIn(await deactivate());
    expect([await active(), review.losers, review.sessions]).toEqual([MEMBERS, MEMBERS, 1]);
    await deactivate({ ...saidOf(review), _count: '1' });
    expect(await active()).toBe(MEMBERS);
    await deactivate({ ...saidOf(review), _reason: 'Summer' });
    expect(await active()).toBe(0);
    const [event] = one ? (await eventsAbout(one.id)).slice(-1) : [];
    expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({ isActive: false, reason: 'Summer' });
  });

  it('leaves out whom limited staff may not touch, and says so before', async () => {
    const clerk = await users.createUser({ username: `clerk${made}`, isStaff: true });
    await grant(clerk, 'auth.change_user');
    await grant(clerk, PERM);
    const [first] = members;
    if (first) await db.user.update({ where: { id: first.id }, data: { isSuperuser: true } });
    const theirs = browser(await browserOf(await reload(clerk)));
    const review = readIn(await deactivate({}, theirs));
    expect(review.refusals.map(({ name }) => name)).toEqual([first?.username]);
    expect(review.losers).toBe(MEMBERS - 1);
    await deactivate(saidOf(review), theirs);
    expect(await active()).toBe(1);
  });

  it('does nothing once it is about others than those who were read of', async () => {
    const review = readIn(await deactivate());
    const [first] = members;
    if (first) await db.user.update({ where: { id: first.id }, data: { isActive: false } });
    expect(readIn(await deactivate(saidOf(review))).losers).toBe(MEMBERS - 1);
    expect(await active()).toBe(MEMBERS - 1);
  });
});
