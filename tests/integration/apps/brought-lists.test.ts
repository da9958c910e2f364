import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AppConfig, defineConfig } from '@/lib/apps/define-config';
import type { AppLabel } from '@/lib/apps/installed';
import { populate } from '@/lib/apps/registry';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { identify, registerAuthenticator } from '@/lib/contrib/auth/authenticators/authenticator';
import { confirmations, confirmationsOf } from '@/lib/contrib/auth/confirmations/confirmation';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { loginStages, registerLoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { signInWays } from '@/lib/contrib/auth/sign-in/ways';
import { Session } from '@/lib/contrib/sessions/session';
import { encryptedColumns } from '@/lib/db/secrets/encrypted-columns';
import { appConfigs } from '@/lib/site/app-configs';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import { makeUser } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const undo: (() => void)[] = [];

beforeAll(() => registerHasher(countingHasher()));

beforeAll(freshDatabase);

afterEach(() => {
  for (const each of undo.splice(0)) each();
  populate(appConfigs);
});

/** The site with an app more, under the label of one that INSTALLED_APPS can leave out. */
function bring(brings: Omit<AppConfig, 'label'>): void {
  populate([...appConfigs, defineConfig('messages', brings)]);
}

function withoutIt<T>(body: () => T | Promise<T>): Promise<T> {
  const INSTALLED_APPS: AppLabel[] = settings.INSTALLED_APPS.filter(
    (label) => label !== 'messages',
  );
  return overrideSettings({ INSTALLED_APPS }, body);
}

describe('what an app brings by its config', () => {
  it('is a stage of signing in, before those that were registered, while the app is in', async () => {
    const stage = (name: string) => ({ name, path: `/${name}/`, isRequired: () => false });
    undo.push(registerLoginStage(stage('registered')));
    bring({ loginStages: [stage('brought')] });
    const own = ['brought', 'registered'];
    const names = () => loginStages().flatMap(({ name }) => (own.includes(name) ? [name] : []));
    expect(names()).toEqual(['brought', 'registered']);
    expect(await withoutIt(names)).toEqual(['registered']);
  });

  it('is a way on the sign-in page', async () => {
    bring({ signInWays: [{ name: 'key', label: 'By a key', href: '/accounts/key/' }] });
    const hrefs = () =>
      signInWays()
        .filter(({ name }) => name !== 'passkey')
        .map(({ href }) => href);
    expect(hrefs()).toEqual(['/accounts/key/']);
    expect(await withoutIt(hrefs)).toEqual([]);
  });

  it('is a way to confirm, after the password', async () => {
    const code = {
      name: 'code',
      field: { name: 'code', label: 'Code', kind: 'code' },
      request: 'Enter the code.',
      isAvailable: () => true,
      confirm: async () => null,
    } as const;
    const others = confirmations().length;
    bring({ confirmations: [code] });
    const user = await makeUser();
    const names = async () => (await confirmationsOf(user)).map(({ name }) => name);
    expect(await names()).toEqual(['password', 'code']);
    expect(await withoutIt(names)).toEqual(['password']);
    expect(await withoutIt(() => confirmations().length)).toBe(others);
  });

  it('tells who makes a request, asked before what was registered and before the cookie', async () => {
    const user = await makeUser();
    const asked: string[] = [];
    const authenticator = (name: string, answer: User | null) => ({
      name,
      async authenticate() {
        asked.push(name);
        return answer && { user: answer, session: new Session(), usesCookies: false };
      },
    });
    undo.push(registerAuthenticator(authenticator('registered', null)));
    bring({ authenticators: [authenticator('brought', user)] });
    const who = () =>
      identify({
        entryPoint: 'handler',
        headers: new Headers(),
        cookies: { get: () => undefined },
      });
    expect((await who()).user.equals(user)).toBe(true);
    expect((await withoutIt(who)).user.isAuthenticated).toBe(false);
    expect(asked).toEqual(['brought', 'registered']);
  });

  it('is a column that is encrypted', async () => {
    const column = { table: 'kept', column: 'secret', id: 'id', rowKey: 'owner', purpose: 'kept' };
    const names = () => encryptedColumns().map(({ name }) => name);
    const others = names();
    bring({ encryptedColumns: [column] });
    expect(names()).toEqual([...others, 'kept.secret']);
    expect(await withoutIt(names)).toEqual(others);
  });
});

describe('what goes with a user', () => {
  it('is deleted in the transaction of the deletion, also while its app is out', async () => {
    const deleted: number[] = [];
    bring({
      async userDeletion(tx, ids) {
        expect(await tx.session.count({ where: { userId: { in: [...ids] } } })).toBe(0);
        deleted.push(...ids);
      },
    });
    const [one, other, third] = [await makeUser(), await makeUser(), await makeUser()];
    await one.delete();
    await withoutIt(() => other.delete());
    const root = requestOf(await makeSuperuser());
    expect(await deleteRows(screens('auth.user'), [third.id], root)).toMatchObject({ count: 1 });
    expect(deleted).toEqual([one.id, other.id, third.id]);
  });

  it('keeps the user where an app cannot let go', async () => {
    bring({
      async userDeletion() {
        throw new Error('A table is gone.');
      },
    });
    const user = await makeUser();
    await expect(user.delete()).rejects.toThrow('A table is gone.');
    expect((await reload(user)).username).toBe(user.username);
  });
});
