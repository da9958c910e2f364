// Run on its own, by `npm run bench -- shop`: with the metadata and the client of a site with these models.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { closeDb } from '@/lib/db/client';
import { testEnvironment } from '@/tests/support/e2e/environment';
import { MADE } from '@/tests/support/every-type/project.mjs';
import { modelOf } from '@/tests/support/every-type/site';
import { startPostgres } from '@/tests/support/postgres';
import { benchFolder } from '../million';
import { fill, SUPERUSER } from './fill';
import { shopSite } from './screens';

const RUNS = Number(process.env['BENCH_REQUESTS'] ?? 30);

// Making a million rows takes longer than a statement may.
Object.assign(process.env, testEnvironment, { DATABASE_STATEMENT_TIMEOUT: '3600000' });
// Where migrations are found.
process.chdir(MADE);

const site = shopSite();
const folder = path.join(benchFolder, 'shop');
mkdirSync(folder, { recursive: true });

await measure('SQLite', `file:${path.join(folder, 'shop.sqlite3')}`);
const server = await startPostgres({ data: path.join(folder, 'postgresql') });
try {
  await measure('PostgreSQL', server.url);
} finally {
  await server.stop();
}

async function measure(name: string, url: string): Promise<void> {
  process.env['DATABASE_URL'] = url;
  try {
    await fill();
    const user = await users.getByNaturalKey(SUPERUSER);
    if (!user) throw new Error('The database was not filled.');
    console.info(`\n${name}; milliseconds of getChangeList`);
    console.info(`${'page'.padEnd(44)}     p50     p99`);
    for (const [what, key, query] of await pages()) {
      const admin = site.find(key);
      if (!admin) throw new Error(`${key} has no screens.`);
      console.info(`${what.padEnd(44)} ${await repeat(() => listOf(admin, user, query))}`);
    }
  } finally {
    await closeDb();
  }
}

type Page = readonly [what: string, key: string, query: string];

async function pages(): Promise<Page[]> {
  const [category] = await modelOf('category').findMany({ where: { title: 'Category 1500' } });
  const [order] = await modelOf('order').findMany({ where: { number: 1500 } });
  const of = (key: string, queries: Readonly<Record<string, string>>) =>
    Object.entries(queries).map(([what, query]) => [what, key, query] as const);
  return [
    ...of('shop.product', {
      'the list': '',
      'search, 3 letters, 143,000 fit': 'q=ros',
      'search, 3 letters, all fit': 'q=cha',
      'search, 3 letters, none fits': 'q=zqx',
      'search, a name': 'q=oak+chair+123456',
      'filter by an enum, 1,000 fit': 'status__exact=part+paid',
      'filter by an enum, 980,000 fit': 'status__exact=draft',
      'filter by yes or no, 333,000 fit': 'is_tested__exact=1',
      'filter by none of it, 333,000 fit': 'is_tested__isnull=True',
      'filter by a price': 'price=0.10',
      'filter by prices from on, 100,000 fit': 'price__gte=900',
      'filter by a date from on, 35,000 fit': 'born__gte=2027-01-01',
      'filter by a category of 3,000': `categories__id__exact=${category?.['id']}`,
      'its choices, searched': '_find_categories=29',
      'filter by another product': 'parent__id__exact=1500',
      'its choices of a million, searched': '_find_parent=chair+1234',
      'filter and search': 'status__exact=sent&q=ros',
      'a year': 'born__year=2020',
      'a month': 'born__year=2020&born__month=9',
      'a day': 'born__year=2020&born__month=9&born__day=21',
      'sorted by name, downwards': 'o=-1',
      'sorted by price': 'o=2',
      '  downwards': 'o=-2',
      'sorted by date': 'o=3',
      ' downwards': 'o=-3',
      'sorted by an enum': 'o=4',
      downwards: 'o=-4',
      'sorted by another row’s name': 'o=6',
      'page 10,000': 'p=10000',
      'page 10,000, sorted by price': 'o=2&p=10000',
      'page 5,000': 'p=5000',
    }),
    ...of('shop.line', {
      lines: '',
      'lines of an order of 3,000': `order__id__exact=${order?.['id']}`,
      'the choices of it, searched': '_find_order=29',
      'lines, page 10,000': 'p=10000',
    }),
  ];
}

function listOf(admin: ModelAdmin, user: User, query: string) {
  return getChangeList(admin, user, new URLSearchParams(query));
}

async function repeat(run: () => Promise<unknown>): Promise<string> {
  const durations: number[] = [];
  for (let i = 0; i < RUNS + 3; i += 1) {
    const start = performance.now();
    await run();
    if (i >= 3) durations.push(performance.now() - start);
    // What takes longer than a second is told by fewer.
    if (i >= 5 && (durations[0] ?? 0) > 1000) break;
  }
  durations.sort((a, b) => a - b);
  const at = (part: number) =>
    durations[Math.min(durations.length - 1, Math.floor(durations.length * part))] ?? 0;
  return [at(0.5), at(0.99)].map((each) => each.toFixed(1).padStart(7)).join(' ');
}
