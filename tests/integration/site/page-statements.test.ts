import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { adminSite } from '@/lib/site/admins';
import { makeSuperuser } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { drawn } from '@/tests/support/pages/drawn';
import { addRows, type Middle } from '@/tests/support/pages/rows-everywhere';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { repositoryRoot } from '@/tests/support/sources';
import { statementsOf } from '@/tests/support/statements';

type Page = { address: string; file: string; params: Record<string, string> };

const APP = path.join(repositoryRoot, 'app');

// Of these every page is asked for; of all other models, which are drawn by the same code, list and form.
const WHOLE = ['user', 'group', 'article'];
const LIST_OR_FORM = /\/\[model\]\/(\[id\]\/change\/)?page\.tsx$/;
// A list of several pages counts its rows, and asks for what stands in them by fifties.
const MORE = 10;
// On a machine that does much else.
const LONG = 240_000;

let root: User;
let middle: Middle;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  const { id: userId } = await users.createUser({ username: 'middle' });
  middle = { userId, groupId: await makeGroup('Middle') };
});

/** The pages of the admin that have files, for its models and the row in the middle or the first. */
function adminPages(): Page[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^\([^)]+\)\/admin\/(.*\/)?page\.tsx$/.test(file),
  );
  const models = adminSite.all().map(({ meta }) => [meta.appLabel, meta.modelName] as const);
  const all = files.flatMap((file) =>
    models.flatMap(([app, model]): Page[] => {
      if (!WHOLE.includes(model) && !LIST_OR_FORM.test(file)) return [];
      const { userId, groupId } = middle;
      const ids: Record<string, number> = { user: userId, group: groupId };
      const named = /\/(\w+)\/\[id\]/.exec(file)?.[1] ?? model;
      const params = { app, model, id: String(ids[named] ?? 1) };
      const address = `/${path.dirname(file)}/`
        .replace(/\/\([^/]+\)/g, '')
        .replace(/\[(\w+)\]/g, (_all, name: keyof typeof params) => params[name]);
      return [{ address, file, params }];
    }),
  );
  return [...new Map(all.map((page) => [page.address, page])).values()];
}

/** How many statements a page takes to draw; null where it answers otherwise than with 200. */
async function costOf({ address, file, params }: Page, cookie: string): Promise<number | null> {
  const { default: page } = await import(pathToFileURL(path.join(APP, file)).href);
  const origin = 'http://localhost:3000';
  const request = new Request(origin + address, { headers: { cookie, host: 'localhost:3000' } });
  const given = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
  let status = 0;
  const run = await statementsOf(async () => {
    const answer = await answerOf(request, 'page', async () => drawn(await page(given)));
    status = answer.status;
  });
  // Once a minute it is noted that the session was there.
  return status === 200 ? run.filter((sql) => !/^UPDATE \S*auth_session/.test(sql)).length : null;
}

async function costs(pages: readonly Page[], cookie: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const page of pages) {
    const cost = await costOf(page, cookie);
    if (cost !== null) found.set(page.address, cost);
  }
  return found;
}

it('no page of the admin costs a statement a row', {
  timeout: LONG,
}, async () => {
  const cookie = await browserOf(root);
  await addRows(middle, 0, 1);
  const pages = adminPages();
  const one = await costs(pages, cookie);
  await addRows(middle, 1, 99);
  const hundred = await costs(
    pages.filter(({ address }) => one.has(address)),
    cookie,
  );
  expect(hundred.size).toBeGreaterThan(50);
  const more = [...hundred].filter(([address, cost]) => cost > (one.get(address) ?? 0) + MORE);
  expect(more.map(([address, cost]) => [address, one.get(address), cost])).toEqual([]);
});
