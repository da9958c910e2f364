import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '@/lib/core/management/base';
import { appFiles, placesOf } from '@/lib/core/management/startapp/app-files';
import { requireFree } from '@/lib/core/management/startapp/free-names';
import { appNames } from '@/lib/core/management/startapp/names';
import { withLine } from '@/lib/core/management/startapp/site-lists';
import { writeApp } from '@/lib/core/management/startapp/write-app';
import { writeFiles } from '@/lib/core/management/startapp/write-files';

const LISTS = {
  'lib/site/apps.ts': "import { a } from '@/a';\n\nexport const apps = [a] as const;\n",
  'lib/site/app-configs.ts': "import { a } from '@/a';\n\nexport const appConfigs = [\n  a,\n];\n",
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'gatehouse-startapp-'));
  for (const [file, text] of Object.entries(LISTS)) write(file, text);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = '') {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('appNames', () => {
  it.each([
    ['invoices', 'Invoice', 'invoice', ''],
    ['companies', 'Company', 'company', 'companies'],
    ['boxes', 'Box', 'box', 'boxes'],
    ['news', 'New', 'new', ''],
    ['staffbus', 'Staffbus', 'staffbus', ''],
    ['crm', 'Crm', 'crm', ''],
  ])('takes the model of %s from its singular', (app, Model, words, plural) => {
    const names = appNames(app);
    expect(names).toMatchObject({ app, Model, words, table: `${app}_${words}` });
    expect(names['plural']).toContain(plural);
  });

  it('takes a model that is told, of several words', () => {
    expect(appNames('shop', 'PurchaseOrder')).toMatchObject({
      Model: 'PurchaseOrder',
      model: 'purchaseOrder',
      key: 'purchaseorder',
      words: 'purchase order',
      file: 'purchase-order',
      table: 'shop_purchaseorder',
    });
  });

  it.each([
    '',
    'Invoices',
    'in-voices',
    'in_voices',
    '1voices',
    '../x',
    'a b',
    'ü',
    'x'.repeat(31),
  ])('refuses the app "%s"', (app) =>
    expect(() => appNames(app)).toThrow(/^".*" cannot be an app: give it one word/),
  );

  it.each(['admin', 'accounts', 'site', 'dashboard', 'api'])('keeps %s for the framework', (app) =>
    expect(() => appNames(app)).toThrow(`"${app}" is a name of the framework`),
  );

  it.each(['invoice', 'In-voice', 'In voice', ''])('refuses the model "%s"', (model) =>
    expect(() => appNames('shop', model)).toThrow('cannot be a model: give it a name in Pascal'),
  );

  it.each(['Date', 'String', 'Json', 'PrismaClient'])('leaves %s what it is', (model) =>
    expect(() => appNames('shop', model)).toThrow('means something else already'),
  );
});

describe('requireFree', () => {
  const names = appNames('shop', 'Order');

  it('lets pass what nobody has', () => {
    expect(() => requireFree(root, names, ['auth'])).not.toThrow();
  });

  it('refuses the label of an app', () => {
    expect(() => requireFree(root, names, ['auth', 'shop'])).toThrow(
      'There is an app "shop" already.',
    );
  });

  it.each([...placesOf(names), 'app/(site)/shop', 'app/shop'])('sees that %s is there', (place) => {
    write(`${place}/x`);
    expect(() => requireFree(root, names, [])).toThrow(`${place} is there already.`);
  });

  it('refuses the name of an app whose tables a database may have', () => {
    write('prisma/migrations/postgresql/20260101000000_shop_initial/migration.sql');
    expect(() => requireFree(root, names, [])).toThrow('20260101000000_shop_initial');
  });

  it('refuses a model of another app, however it is written', () => {
    write('prisma/schema/till.prisma', 'model ORDER {\n}\n');
    expect(() => requireFree(root, names, [])).toThrow('till.prisma has a model "Order" already');
  });
});

describe('withLine', () => {
  const line = { list: 'apps', name: 'shopApp', from: '@/shop' };
  const IMPORT = "import { shopApp } from '@/shop';";

  it.each([
    ['export const apps = [a, b] as const;', 'export const apps = [a, b, shopApp] as const;'],
    [
      'export const apps = [\n  a, // last ]\n];',
      'export const apps = [\n  a, shopApp, // last ]\n];',
    ],
    ['export const apps = [];', 'export const apps = [shopApp];'],
    ['const other = [x];\nexport const apps = [a];', 'export const apps = [a, shopApp];'],
  ])('adds to %j', async (source, expected) => {
    const changed = await withLine('apps.ts', source, line);
    expect(changed).toContain(IMPORT);
    expect(changed).toContain(expected);
  });

  it('puts the import behind those with names, before one that only runs', async () => {
    const source = "import { a } from '@/a';\n// Why.\nimport '@/z';\n\nexport const apps = [a];\n";
    expect(await withLine('apps.ts', source, line)).toBe(
      `import { a } from '@/a';\n${IMPORT}\n// Why.\nimport '@/z';\n\nexport const apps = [a, shopApp];\n`,
    );
  });

  it.each(['export const apps = make();', 'const apps = [a];', 'export const apps = [', ''])(
    'refuses %j, which has no such list',
    async (source) => {
      await expect(withLine('apps.ts', source, line)).rejects.toThrow(
        'apps.ts has no "export const apps = […]" to add a line to.',
      );
    },
  );

  it('refuses a name that is there', async () => {
    await expect(withLine('apps.ts', 'export const apps = [shopApp];', line)).rejects.toThrow(
      'apps.ts has shopApp already.',
    );
  });
});

describe('writeApp', () => {
  const names = appNames('shop', 'Order');

  it('has every word that the templates ask for', () => {
    const files = appFiles(names);
    expect(files.size).toBeGreaterThan(15);
    expect([...files.values()].filter((text) => /\{\{ \w/.test(text))).toEqual([]);
  });

  it.each([
    [
      'the migration fails',
      () => Promise.reject(new CommandError('No migration.')),
      'No migration.',
    ],
    ['the packages of development are not there', async () => [], 'npm ci'],
  ])('takes everything back when %s', async (_, migrate, message) => {
    const attempt = writeApp(root, names, async () => {
      write('prisma/migrations/sqlite/20260101000000_shop_initial/migration.sql');
      write('prisma/migrations/schema/shop.prisma');
      expect(existsSync(path.join(root, 'lib/site/shop/models.ts'))).toBe(true);
      return migrate();
    });
    await expect(attempt).rejects.toThrow(message);
    for (const place of placesOf(names)) expect(existsSync(path.join(root, place))).toBe(false);
    expect(
      existsSync(path.join(root, 'prisma/migrations/sqlite/20260101000000_shop_initial')),
    ).toBe(false);
    for (const [file, text] of Object.entries(LISTS)) expect(read(file)).toBe(text);
  });

  it('writes nothing where a list is not to be understood', async () => {
    write('lib/site/app-configs.ts', 'export const appConfigs = all();\n');
    await expect(writeApp(root, names, async () => [])).rejects.toThrow('no "export const appCon');
    for (const place of placesOf(names)) expect(existsSync(path.join(root, place))).toBe(false);
    expect(read('lib/site/apps.ts')).toBe(LISTS['lib/site/apps.ts']);
  });
});

describe('writeFiles', () => {
  const files = new Map([
    ['lib/site/polls/user.ts', 'export const one = 1;\n'],
    ['lib/site/polls/deep/er/two.ts', 'export const two = 2;\n'],
  ]);
  const changes = new Map([['lib/site/apps.ts', 'export const apps = [];\n']]);

  it('leaves no folder of what fails, so that the names are free again', async () => {
    for (const _ of ['first', 'second']) {
      await expect(writeFiles(root, files, changes)).rejects.toThrow('npm ci');
      expect(existsSync(path.join(root, 'lib/site/polls'))).toBe(false);
    }
    expect(read('lib/site/apps.ts')).toBe(LISTS['lib/site/apps.ts']);
  });

  it('leaves folders that were there before', async () => {
    write('lib/site/polls/mine.ts', 'mine');
    await expect(writeFiles(root, files, changes)).rejects.toThrow('npm ci');
    expect(read('lib/site/polls/mine.ts')).toBe('mine');
    expect(existsSync(path.join(root, 'lib/site/polls/deep'))).toBe(false);
  });
});
