import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import PreviewPage from '@/app/(import)/admin/[app]/[model]/import/[id]/page';
import { confirmAction, previewAction } from '@/app/(import)/admin/[app]/[model]/import/actions';
import ImportPage from '@/app/(import)/admin/[app]/[model]/import/page';
import { isInstalled } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { isPasswordUsable } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { previewOr404 } from '@/lib/extras/import/previews';
import type { FormState } from '@/lib/forms/forms';
import type { Action } from '@/lib/http/entry-points/views';
import { errorsOf, type Sender, site, toldBy, type Visitor } from '@/tests/support/account/visitor';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { freshDatabase } from '@/tests/support/database';
import { csvFile, told } from '@/tests/support/import/import';
import { browserOf } from '@/tests/support/server-call';

const OF_USERS = { _model: 'auth.user' };

let here: Awaited<ReturnType<typeof site>>;
let root: User;
let asRoot: Visitor;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site({});
  root = await makeSuperuser();
});
afterAll(() => here.remove());
beforeEach(async () => {
  await here.news();
  asRoot = here.visitor(await browserOf(root));
});

function send(visitor: Visitor, file: File, how?: Sender) {
  const withFile = (...args: [FormData] | [FormState, FormData]) => {
    const form = args.at(-1) as FormData;
    form.set('import_file', file);
    return (previewAction as (...sent: unknown[]) => Promise<unknown>)(...args);
  };
  return visitor.send(withFile as Action, OF_USERS, how);
}

/** Send a file and confirm it: where that leads, and what is told. */
async function importUsers(visitor: Visitor, text: string, fields: Record<string, string> = {}) {
  const sent = await send(visitor, csvFile(text), 'without scripts');
  const id = /\/import\/(\d+)\/$/.exec(sent.location ?? '')?.[1] ?? '';
  const look = await visitor.look(PreviewPage, { app: 'auth', model: 'user', id });
  const done = await visitor.send(confirmAction, { ...OF_USERS, _import: id, ...fields });
  return { text: look.text, done, id };
}

describe('users from a file', () => {
  it('have no password, and are mailed a link to choose one', async () => {
    const text =
      'username,email,first_name,is_active,is_staff\nnia,nia@example.com,Nia,true,false\nnoor,,Noor,true,false\n';
    const { text: shown, done } = await importUsers(asRoot, text);
    expect(shown).toContain('2 to be added, 0 to be changed, 0 as they are, 0 refused.');
    expect(done.location).toBe('/admin/auth/user/');
    const nia = await db.user.findFirstOrThrow({
      where: { username: 'nia' },
      omit: { password: false },
    });
    expect(nia).toMatchObject({ firstName: 'Nia', isActive: true, isStaff: false });
    expect(isPasswordUsable(nia.password)).toBe(false);
    const events = (await eventsAbout(nia.id)).map(({ event }) => event);
    expect(events).toContain('user_created');
    const mails = await here.news();
    if (!isInstalled('account')) return;
    expect(shown).toContain('A link goes to 1 user. noor has no email address.');
    expect(toldBy(done)).toBe('A link goes to 1 user. noor has no email address.');
    expect(mails.map(({ headers, text: body }) => [headers['to'], body])).toEqual([
      ['nia@example.com', expect.stringContaining('/accounts/reset/')],
    ]);
    expect(events).toContain('authn_token_created');
  });

  it('leave nothing behind and are mailed nothing while they are only looked at', async () => {
    await send(asRoot, csvFile('username,email\nlooked,looked@example.com\n'));
    expect(await users.getByNaturalKey('looked')).toBeNull();
    expect(await here.news()).toEqual([]);
  });

  it('never have the password of a file', async () => {
    const answer = await send(asRoot, csvFile('username,password\nnia,x\n'));
    expect(errorsOf(answer)).toEqual(['“password” is never imported: take the column out.']);
  });

  it('need their name', async () => {
    const { text, id } = await importUsers(asRoot, 'username,email\n"",a@example.com\n');
    const { report } = await previewOr404(root, screens('auth.user'), id);
    expect(told(report)).toEqual(['2 refused | Username: This field is required.']);
    expect(text).toContain('Nothing is imported while a line is refused.');
  });

  it('get no right that whoever imports them could not give by hand', async () => {
    const staff = await makeStaff('auth.view_user', 'auth.add_user', 'auth.change_user');
    const asStaff = here.visitor(await browserOf(staff));
    const text = `id,username,is_superuser\n,raised,true\n${root.id},mine,true\n`;
    const { text: shown } = await importUsers(asStaff, text);
    expect(shown).toContain('0 to be added, 0 to be changed, 0 as they are, 2 refused.');
    expect(await db.user.count({ where: { username: { in: ['raised', 'mine'] } } })).toBe(0);
  });

  it('get no right by an old sign-in', async () => {
    const old = here.visitor(await browserOf(root));
    const done = await overrideSettings({ STEP_UP_AGE: 0 }, async () =>
      importUsers(old, 'username,is_staff\nhelper,true\n'),
    );
    expect(errorsOf(done.done)).toEqual(['You have no password here: sign in again to go on.']);
    expect(await db.user.count({ where: { username: 'helper' } })).toBe(0);
  });
});

describe('the pages of an import', () => {
  it('are for staff who may add or change', async () => {
    const viewer = here.visitor(await browserOf(await makeStaff('auth.view_user')));
    expect((await viewer.look(ImportPage, { app: 'auth', model: 'user' })).status).toBe(403);
    expect((await send(viewer, csvFile('username\nx\n'))).status).toBe(403);
    const page = await asRoot.look(ImportPage, { app: 'auth', model: 'user' });
    expect(page.text).toContain('id, username, first_name, last_name, email');
    expect((await asRoot.look(ImportPage, { app: 'auth', model: 'none' })).status).toBe(404);
  });

  it('say what is wrong with a file at its field, and answer no file with a fault', async () => {
    expect(errorsOf(await asRoot.send(previewAction, OF_USERS))).toEqual(['Choose a file.']);
    for (const text of ['', 'username\n"x', 'a\0,b\n1,2', ';\n;', ',,\n,,\n', '=1+1\n2']) {
      const answer = await send(asRoot, csvFile(text));
      expect([text, answer.status, (answer.value as FormState).fieldErrors]).toEqual([
        text,
        200,
        { import_file: [expect.any(String)] },
      ]);
    }
  });

  it('take a file back', async () => {
    const { done, id } = await importUsers(asRoot, 'username\nback\n', { _cancel: '1' });
    expect(done.location).toBe('/admin/auth/user/import/');
    expect(await db.importPreview.count({ where: { id: Number(id) } })).toBe(0);
    expect(await users.getByNaturalKey('back')).toBeNull();
  });

  it('show what was kept of a file, whatever the site has become since', async () => {
    const sent = await send(asRoot, csvFile('username,date_joined\nkept,x\n'), 'without scripts');
    const id = /(\d+)\/$/.exec(sent.location ?? '')?.[1] ?? '';
    const open = () => asRoot.look(PreviewPage, { app: 'auth', model: 'user', id });
    const confirmed = () => asRoot.send(confirmAction, { ...OF_USERS, _import: id });
    const keep = (data: { content?: string; report?: string }) =>
      db.importPreview.update({ where: { id: Number(id) }, data });

    const { content } = await keep({});
    await keep({ content: content.replace('"date_joined"', '"colour"') });
    expect((await open()).text).toMatch(/Not imported, since no form changes them:\s+date_joined /);
    const [refusal] = errorsOf(await confirmed());
    expect(refusal).toContain('There is no column “colour” to import.');

    for (const data of [{ report: '{"rows":[],"notes":[]}' }, { report: '{' }, { content: '{}' }]) {
      await keep(data);
      const answer = await open();
      expect([answer.status, answer.text]).toEqual([
        200,
        expect.stringContaining('can no longer be read'),
      ]);
      expect(errorsOf(await confirmed())).toEqual([
        expect.stringContaining('can no longer be read'),
      ]);
    }
  });
});
