import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkInstalledApps } from '@/lib/apps/checks';
import { APPS } from '@/lib/apps/declared';
import { declaredModels, permissionsOf } from '@/lib/apps/define-app';
import {
  type AppLabel,
  installedApps,
  isApiPath,
  isPermissionName,
  isPersonal,
  linksFor,
  publicPaths,
  sessionStream,
} from '@/lib/apps/installed';
import { brought, installedConfigs } from '@/lib/apps/registry';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { findBackend } from '@/lib/contrib/auth/backends';
import { confirmations } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';
import { loginStages } from '@/lib/contrib/auth/sign-in/login-stages';
import { signInWays } from '@/lib/contrib/auth/sign-in/ways';
import { users } from '@/lib/contrib/auth/users/managers';
import { runChecks } from '@/lib/core/checks/registry';
import { db } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { postMigrate } from '@/lib/db/signals';
import { paletteItems } from '@/lib/extras/palette/palette';
import { adminSite } from '@/lib/site/admins';
import { appConfigs } from '@/lib/site/app-configs';
import { entryPointsOf, withDependents } from '@/tests/support/app-entry-points';
import { freshDatabase } from '@/tests/support/database';
import { browserOf, callServer } from '@/tests/support/server-call';
import { readSource, repositoryRoot } from '@/tests/support/sources';

beforeAll(freshDatabase);

let root: User;
let browser: string;

beforeAll(async () => {
  root = await users.createSuperuser({ username: 'root' });
  browser = await browserOf(root);
});

/** What no site can do without. */
const ESSENTIAL = ['auth', 'contenttypes', 'sessions', 'messages'];
const OPTIONAL = installedApps()
  .map(({ label }) => label)
  .filter((label) => !ESSENTIAL.includes(label));
const hasPages = (label: string) => existsSync(path.join(repositoryRoot, `app/(${label})`));

function takenOut<T>(label: string, body: () => Promise<T>, more: object = {}): Promise<T> {
  const out = withDependents(label);
  const INSTALLED_APPS: AppLabel[] = settings.INSTALLED_APPS.filter((each) => !out.includes(each));
  const changed = { INSTALLED_APPS };
  // As they are: a getter is to be asked by whoever reads the setting.
  Object.defineProperties(changed, Object.getOwnPropertyDescriptors(more));
  return overrideSettings(changed, body);
}

const settingsOf = (label: string): string[] =>
  APPS.filter((each) => each.label === label).flatMap((app) => Object.keys(app.settings ?? {}));

/** The settings of an app as they are, and whoever reads one is noted. */
function watched(label: string, read: Set<string>): object {
  const getters = settingsOf(label).map((name): [string, PropertyDescriptor] => {
    const value: unknown = Reflect.get(settings, name);
    return [name, { enumerable: true, get: () => read.add(name) && value }];
  });
  return Object.defineProperties({}, Object.fromEntries(getters));
}

/** Settings that show links, all of them so that they do. */
function allOn(label: string): object {
  const links = APPS.filter((each) => each.label === label).flatMap(
    ({ headerLinks = [], accountLinks = [] }) => [...headerLinks, ...accountLinks],
  );
  const names = links.flatMap(({ setting }) => setting ?? []);
  return Object.fromEntries(
    names.map((name) => [name, Array.isArray(Reflect.get(settings, name)) ? [''] : true]),
  );
}

/** The tables of the app's models; those of Django's own apps too. */
function tablesOf(label: string): string[] {
  const file = `prisma/schema/${label}.prisma`;
  if (!existsSync(path.join(repositoryRoot, file))) return [];
  return [...readSource(file).matchAll(/@@map\("(\w+)"\)/g)].map(([, table = '']) => table);
}

async function countOf(table: string): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ count: number | bigint }[]>(
    `SELECT COUNT(*) AS count FROM "${table}"`,
  );
  return Number(row?.count);
}

const offered = async () => ({
  links: [
    ...(await linksFor(root, 'headerLinks')),
    ...(await linksFor(root, 'accountLinks')),
    ...brought('adminLinks'),
  ].map(({ href }) => href),
  screens: adminSite.all().map(({ meta }) => meta.key),
  palette: (await paletteItems(root, await adminSite.appList(root), '')).map(({ href }) => href),
  commands: installedConfigs().flatMap(({ commands = {} }) => Object.keys(commands)),
  publicPaths: publicPaths(),
});

describe.each(OPTIONAL)('the app %s, taken out by one line', (label) => {
  it('passes the checks together with all that need it', async () => {
    await takenOut(label, async () => {
      expect(await runChecks([checkInstalledApps])).toEqual([]);
      expect(installedApps().length).toBeLessThan(APPS.length);
    });
  });

  it('leaves no link, screen, palette entry, command or permission of its own', async () => {
    const app = APPS.filter((each) => each.label === label);
    const [own] = appConfigs.filter((config) => config.label === label);
    const all = await overrideSettings(allOn(label), offered);
    const models = declaredModels(app);
    await takenOut(label, async () => {
      const left = await overrideSettings(allOn(label), offered);
      const declared = [...(app[0]?.headerLinks ?? []), ...(app[0]?.accountLinks ?? [])];
      const links = [...declared, ...(own?.adminLinks ?? [])].map(({ href }) => href);
      for (const href of links) {
        expect(all.links).toContain(href);
        expect(left.links).not.toContain(href);
      }
      for (const { pages } of own?.paletteEntries ?? []) {
        for (const { href } of pages?.(root) ?? []) expect(left.palette).not.toContain(href);
      }
      for (const { appLabel, model, declaration } of models) {
        expect(left.screens).not.toContain(`${appLabel}.${model}`);
        for (const [codename] of permissionsOf(model, declaration)) {
          expect(isPermissionName(`${appLabel}.${codename}`)).toBe(false);
        }
      }
      for (const name of Object.keys(own?.commands ?? {})) {
        expect(all.commands).toContain(name);
        expect(left.commands).not.toContain(name);
      }
      for (const { name } of own?.backends ?? []) expect(findBackend(name)).toBeNull();
      for (const address of app[0]?.publicPaths ?? []) {
        expect(left.publicPaths).not.toContain(address);
      }
    });
  });

  it('brings nothing to the server: no stage, way in, rule, check, receiver or hook of its own', async () => {
    const partsOf = (config: object) => Object.values(config).flat();
    const own = appConfigs.filter((config) => config.label === label);
    const inForce = () => new Set(installedConfigs().flatMap(partsOf));
    const asked = (): unknown[] => [...loginStages(), ...signInWays(), ...confirmations()];
    const [app] = APPS.filter((each) => each.label === label);
    const ofOthers = APPS.flatMap((each) => (each === app ? [] : (each.apiPaths ?? [])));
    const apiPaths = (app?.apiPaths ?? []).filter(
      (prefix) => !ofOthers.some((other) => prefix.startsWith(other)),
    );
    const told = () => [
      isPersonal(label),
      apiPaths.some(isApiPath),
      sessionStream() === app?.sessionStream,
    ];
    expect(told()).toEqual([
      app?.isPersonal === true,
      apiPaths.length > 0,
      app?.sessionStream !== undefined,
    ]);
    for (const part of own.flatMap(partsOf)) expect(inForce()).toContain(part);
    await takenOut(label, async () => {
      for (const part of own.flatMap(partsOf)) {
        expect(inForce()).not.toContain(part);
        expect(asked()).not.toContain(part);
      }
      expect(told()).toEqual([false, false, false]);
    });
  });

  it('leaves its tables, content types and permissions, also when the site is migrated', async () => {
    const tables = tablesOf(label);
    const rows = async () => ({
      tables: await Promise.all(tables.map(countOf)),
      contentTypes: await db.contentType.count(),
      permissions: await db.permission.count(),
    });
    const before = await rows();
    await takenOut(label, async () => {
      await applyMigrations();
      await postMigrate.send({ say: () => undefined, isAdopted: false });
      expect(await rows()).toEqual(before);
    });
  });

  it('leaves the pages of the rest as they were, which ask for none of its settings', async () => {
    const out = withDependents(label);
    const read = new Set<string>();
    const own = watched(label, read);
    for (const other of ['site', ...OPTIONAL].filter((each) => !out.includes(each))) {
      if (!hasPages(other)) continue;
      for (const { name, call, method } of await entryPointsOf(other)) {
        if (!/page\.tsx default$/.test(name) || name.includes('[...path]')) continue;
        const before = await callServer(browser, call, method);
        const after = await takenOut(label, () => callServer(browser, call, method), own);
        expect([name, after.status]).toEqual([name, before.status]);
      }
    }
    expect([...read]).toEqual([]);
  });
});

describe.each(OPTIONAL.filter(hasPages))('the entry points of %s, taken out', (label) => {
  it('answers 404 at every page, handler and action', async () => {
    const entryPoints = await entryPointsOf(label);
    expect(entryPoints.length).toBeGreaterThan(0);
    await takenOut(label, async () => {
      for (const { name, call, method } of entryPoints) {
        const { status } = await callServer(browser, call, method);
        expect([name, status]).toEqual([name, 404]);
      }
    });
  });

  it('sends a stranger to sign in, wherever they knock', async () => {
    for (const { name, call, method } of await entryPointsOf(label)) {
      const { location, value } = await takenOut(label, () => callServer('', call, method));
      const to = value instanceof Response ? value.headers.get('location') : location;
      expect([name, to]).toEqual([name, expect.stringContaining(settings.LOGIN_URL)]);
    }
  });
});

describe('INSTALLED_APPS', () => {
  it('may leave out nothing that another needs', async () => {
    const INSTALLED_APPS: AppLabel[] = settings.INSTALLED_APPS.filter(
      (each) => each !== 'sessions',
    );
    await overrideSettings({ INSTALLED_APPS }, () => {
      expect(checkInstalledApps().map(({ id, message }) => [id, message])).toContainEqual([
        'apps.E001',
        "The app 'auth' requires 'sessions', which is not installed.",
      ]);
    });
  });
});
