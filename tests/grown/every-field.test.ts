import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findDjango } from '@/tests/oracle/find-django';
import { type Database, GrownTree } from '@/tests/support/django-site/grown-tree';
import { type PostgresServer, startPostgres } from '@/tests/support/postgres';

type Seen = Record<string, { listed: number; columns: string[]; saved: { kind: string } }>;

const python = findDjango();
let server: PostgresServer;
let tree: GrownTree;

beforeAll(async () => {
  server = await startPostgres();
});
afterEach(() => tree?.remove());
afterAll(() => server?.stop());

/** Of the columns, those that no form here may write, because Django would read something else. */
const NOT_WRITTEN: Record<Database, RegExp> = {
  sqlite: /^(?:number\.(?:price|exact)|moment\.(?:day|clock)|odd\.token)$/,
  postgresql: /^moment\.span$/,
};

describe.skipIf(python === null)("twenty tables with every field of Django's ORM", () => {
  it.each(['sqlite', 'postgresql'] as const)(
    'become models and screens that compile, list, and write what Django reads: %s',
    async (database) => {
      const kind = 'every-field';
      tree = await GrownTree.make({ kind, autoField: 'BigAutoField', database }, server.url);
      const site = tree.servedBy(python?.program ?? '');
      const ada = { username: 'ada', email: 'ada@example.com', password: 'x' };
      site.ask('make', { people: [ada] });
      expect(site.ask('make_rows')).toBe(database === 'sqlite' ? 20 : 21);
      const ties = site.ask('ties');
      tree.tsx('manage.ts', 'adopt');
      const boss = ['--username', 'boss@example.com', '--email', 'boss@example.com'];
      tree.tsx('manage.ts', 'createsuperuser', '--noinput', ...boss);

      const said = tree.tsx('manage.ts', 'inspectdb', 'every_field', '--editable');
      const screens = database === 'sqlite' ? 16 : 17;
      expect(said).toContain(`${screens} model(s) have screens, 4 table(s) only models.`);
      expect(said).toContain('Left out every_field.ledger: there is no table every_field_ledger.');
      expect(said).toContain('Left out every_field.openplace: ');
      tree.node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.build.json');

      const wanted = site.ask<Record<string, unknown>>('typed');
      const seen = tree.probe<Seen>('rows-probe.ts', 'every_field', JSON.stringify(wanted));
      const outcomes = Object.entries(seen).map(([model, { listed, saved }]) => [
        model,
        listed > 0,
        saved.kind,
      ]);
      expect(outcomes).toEqual(Object.keys(wanted).map((model) => [model, true, 'saved']));
      const changed = Object.fromEntries(
        Object.entries(seen).map(([model, { columns }]) => [model, columns]),
      );
      expect(site.ask('differing', { changed })).toEqual([]);
      expect(site.ask<string[]>('unchanged', { changed })).toEqual(
        site.ask<string[]>('columns').filter((column) => NOT_WRITTEN[database].test(column)),
      );
      expect(site.ask('ties')).toEqual(ties);

      site.ask('change_rows');
      const again = tree.probe<Record<string, { values: object }>>(
        'rows-probe.ts',
        'every_field',
        JSON.stringify({ tag: { id: '1', values: {}, flags: [] } }),
      );
      expect(again['tag']?.values).toMatchObject({ name: 'blue' });
      expect(tree.tsx('manage.ts', 'inspectdb', '--check')).toContain('What is declared is what');
      expect(site.ask('migrate')).toContain('No migrations to apply.');
    },
  );
});
