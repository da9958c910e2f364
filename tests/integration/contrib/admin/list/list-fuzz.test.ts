import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { exportCsv } from '@/lib/extras/export/export';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { SEED } from '@/tests/support/seed';

const RUNS = process.env['TEST_LONG'] ? 20_000 : 400;

const MODELS = ['auth.user', 'auth.group', 'auth.permission', 'articles.article'];

const injection = fc.constantFrom(
  ...["' OR 1=1 --", '" OR ""="', "'; DROP TABLE auth_user; --", '1) OR (1=1', "%' OR '1'='1"],
  ...['\\', "\\' OR 1=1 --", '%', '_', '$1', '?', ':p', "x'||(SELECT 1)||'", '1 UNION SELECT 1'],
);

const nasty = fc.oneof(
  injection,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.integer().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: false }).map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer({ min: 0, max: 4000 }).map((length) => 'x '.repeat(length)),
  fc.constantFrom(
    ...['', '1', '0', 'True', 'false', 'NULL', 'a', 'NaN', '1e999', '-0', '٣', '1,2', ',', '\0'],
    ...['2001-01-01', '9998-12-31', '0002-01-01', '2001-01-01 00:00:00+99:99', '\ud800', '\ufeff'],
  ),
);

const part = fc.oneof(
  fc.constantFrom(
    ...['id', 'pk', 'username', 'email', 'is_staff', 'date_joined', 'last_login', 'groups', 'name'],
    ...[
      'user_permissions',
      'author',
      'author_id',
      'content_type',
      'password',
      'log_entries',
      'title',
    ],
    ...['exact', 'contains', 'istartswith', 'in', 'isnull', 'gte', 'lt', 'year', 'date', 'regex'],
    ...[
      '__proto__',
      'constructor',
      'toString',
      '',
      'codename',
      'modified',
      'permissions',
      'iexact',
    ],
  ),
  nasty,
);

const name = fc.oneof(
  fc.constantFrom('q', 'o', 'p', 'all', 'e', '_popup'),
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('__')),
);

const query = fc
  .array(fc.tuple(name, nasty), { maxLength: 4 })
  .map((pairs) => new URLSearchParams(pairs));

let root: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  for (const username of ['ada', "o'hara", '100%', 'a_b']) await users.createUser({ username });
  await makeGroup("Robert'); DROP TABLE auth_group; --");
  const now = new Date();
  const times = { created: now, modified: now };
  await db.article.create({ data: { title: 'T', body: 'B', isPublished: true, ...times } });
});

describe('a list with a generated query', () => {
  it(`is shown, refused or makes no sense, but never fails (seed ${SEED})`, {
    timeout: 3_600_000,
  }, async () => {
    const outcomes = { shown: 0, refused: 0, senseless: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MODELS), query, async (model, params) => {
        try {
          await getChangeList(screens(model), root, params);
          outcomes.shown += 1;
        } catch (error) {
          if (error instanceof IncorrectLookup) outcomes.senseless += 1;
          else if (error instanceof SuspiciousOperation) outcomes.refused += 1;
          else throw error;
        }
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(0);
    expect(await db.user.count()).toBe(5);
    expect(await db.group.count()).toBe(1);
  });

  it('takes every character of a search and a filter as it is', async () => {
    const names = (await db.user.findMany()).map(({ username }) => username);
    await fc.assert(
      fc.asyncProperty(
        injection,
        fc.constantFrom('contains', 'startswith'),
        async (text, lookup) => {
          const params = new URLSearchParams({ [`username__${lookup}`]: text });
          const { rows } = await getChangeList(screens('auth.user'), root, params);
          const fits = (each: string) =>
            lookup === 'contains' ? each.includes(text) : each.startsWith(text);
          expect(rows.map(({ str }) => str).sort()).toEqual(names.filter(fits).sort());
          const exported: string[] = [];
          for await (const lines of await exportCsv(screens('auth.user'), root, params)) {
            exported.push(...lines.trimEnd().split('\r\n'));
          }
          expect(exported.slice(1).filter((line) => line !== '')).toHaveLength(rows.length);
        },
      ),
      { numRuns: Math.min(RUNS, 200), seed: SEED, endOnFailure: true },
    );
  });
});
