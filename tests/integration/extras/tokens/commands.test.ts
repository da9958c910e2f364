import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import {
  checkServiceAccounts,
  checkTokens,
  checkTokensAreBounded,
} from '@/lib/extras/tokens/checks';
import { expireTokens } from '@/lib/extras/tokens/expire-tokens';
import { dayFromNow } from '@/lib/extras/tokens/forms';
import { command as checktoken } from '@/lib/extras/tokens/management/commands/checktoken';
import { command as createserviceaccount } from '@/lib/extras/tokens/management/commands/createserviceaccount';
import { command as createtoken } from '@/lib/extras/tokens/management/commands/createtoken';
import { command as revoketoken } from '@/lib/extras/tokens/management/commands/revoketoken';
import { listTokens } from '@/lib/extras/tokens/models';
import { grant, reload } from '@/tests/support/auth/grants';
import { requestWith } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { run } from '@/tests/support/run-command';
import { tokenRow } from './token-rows';

beforeAll(freshDatabase);

let ada: User;
let made = 0;

beforeEach(async () => {
  made += 1;
  ada = await users.createUser({ username: `ada${made}`, email: `ada${made}@example.org` });
  await grant(ada, 'articles.view_article');
});

describe('manage', () => {
  it('makes a token, says whose it is, and ends it', async () => {
    const args = ['--perm', 'articles.view_article', '--expires', dayFromNow(3)];
    const { status, out } = await run(createtoken, [ada.username, ...args]);
    expect(status).toBe(0);
    const [text = ''] = out;
    expect((await run(checktoken, [], [`found: ${text}`])).out.join()).toContain(ada.username);
    const mail = await mailFolder();
    await overrideSettings({ EMAIL_URL: mail.url }, async () => {
      expect((await run(revoketoken, [text.slice(0, 10)])).status).toBe(0);
    });
    expect((await mail.mails()).map(({ headers }) => headers['to'])).toEqual([ada.email]);
    await mail.remove();
    expect((await run(checktoken, [], [text])).status).toBe(1);
  });

  it('makes none that its owner could not use, and takes no half of one', async () => {
    const until = ['--expires', dayFromNow(3)];
    expect(
      (await run(createtoken, [ada.username, '--perm', 'auth.view_user', ...until])).status,
    ).toBe(1);
    expect((await run(createtoken, ['nobody', '--perm', 'auth.view_user', ...until])).status).toBe(
      1,
    );
    expect((await run(createtoken, [ada.username, '--expires', 'soon'])).status).toBe(2);
    expect((await run(revoketoken, ['gth_'])).status).toBe(2);
    expect((await run(checktoken, [], ['gth_nothing'])).status).toBe(1);
    expect(await listTokens(ada.id)).toEqual([]);
  });

  it('makes none with a misspelt permission, which a superuser would seem to hold', async () => {
    const root = await users.createSuperuser({ username: `root${made}` });
    const perms = ['--perm', 'articles.view_article', '--perm', 'articles.view_artcile'];
    const args = [root.username, ...perms, '--expires', dayFromNow(3)];
    const { status, err } = await run(createtoken, args);
    expect([status, err.join()]).toEqual([1, expect.stringContaining('articles.view_artcile')]);
    expect(await listTokens(root.id)).toEqual([]);
  });

  it('notes what has ended, and tells the owners of what ends soon, once', async () => {
    const day = 86_400_000;
    await tokenRow(ada, [], { expires: new Date(Date.now() - 1000) });
    await tokenRow(ada, [], { expires: new Date(Date.now() + 3 * day) });
    await tokenRow(ada, [], { expires: new Date(Date.now() + 30 * day) });
    const mail = await mailFolder();
    await overrideSettings({ EMAIL_URL: mail.url }, async () => {
      expect(await expireTokens()).toEqual({ ended: 1, told: 1 });
      expect(await expireTokens()).toEqual({ ended: 0, told: 0 });
    });
    expect(await mail.mails()).toHaveLength(1);
    await mail.remove();
  });
});

describe('a service account', () => {
  async function make() {
    const args = ['--owner', ada.username, '--purpose', 'Nightly import'];
    expect((await run(createserviceaccount, [`robot${made}`, ...args])).status).toBe(0);
    const robot = await users.getByNaturalKey(`robot${made}`);
    if (!robot) throw new Error('No account was made.');
    return robot;
  }

  it('is signed in by nothing that proves it, and may have tokens', async () => {
    const robot = await make();
    expect(robot.hasUsablePassword()).toBe(false);
    const request = await requestWith();
    const way = { method: 'oidc', backend: 'ModelBackend', next: null };
    expect(await completeLogin(request, robot, way)).toBe('/accounts/tokens/service/');
    expect(request.user.isAuthenticated).toBe(false);
    const other = await requestWith();
    expect(await completeLogin(other, ada, way)).not.toBe('/accounts/tokens/service/');
    await grant(robot, 'articles.view_article');
    const args = ['--perm', 'articles.view_article', '--expires', dayFromNow(3)];
    expect((await run(createtoken, [robot.username, ...args])).status).toBe(0);
  });

  it('is made with a name that can be one, and once', async () => {
    const robot = await make();
    const args = ['--owner', ada.username, '--purpose', 'x'];
    expect((await run(createserviceaccount, [robot.username, ...args])).status).toBe(1);
    expect((await run(createserviceaccount, ['a b', ...args])).status).toBe(1);
    expect((await run(createserviceaccount, ['robot'])).status).toBe(2);
  });

  it('with a password is told by a check', async () => {
    const robot = await make();
    expect(await checkServiceAccounts()).toEqual([]);
    await db.user.update({ where: { id: robot.id }, data: { password: 'pbkdf2_sha256$1$a$b' } });
    expect((await checkServiceAccounts()).map(({ id }) => id)).toEqual(['tokens.W003']);
  });

  it('goes with its user, as tokens go with theirs', async () => {
    const robot = await reload(await make());
    await tokenRow(robot, ['articles.view_article']);
    await robot.delete();
    expect(await db.token.count({ where: { userId: robot.id } })).toBe(0);
    expect(await db.serviceAccount.count({ where: { userId: robot.id } })).toBe(0);
    await tokenRow(ada, ['articles.view_article']);
    await db.$executeRaw`DELETE FROM auth_user_user_permissions WHERE user_id = ${ada.id}`;
    await db.$executeRaw`DELETE FROM auth_user WHERE id = ${ada.id}`;
    expect(await db.token.count({ where: { userId: ada.id } })).toBe(0);
  });
});

describe('the settings of tokens', () => {
  it('are checked', async () => {
    expect(checkTokens()).toEqual([]);
    expect(checkTokensAreBounded()).toEqual([]);
    const wrong = { TOKENS_RATE: { requests: 0, per: 60 }, TOKENS_MAX_PER_USER: 1.5 };
    await overrideSettings(wrong, async () => expect(checkTokens()).toHaveLength(2));
    const loose = { TOKENS_MAX_AGE: null, TOKENS_ALLOW_FULL: true };
    await overrideSettings(loose, async () => expect(checkTokensAreBounded()).toHaveLength(2));
  });

  it('let tokens end with the password, where a site says so', async () => {
    await tokenRow(ada, []);
    await ada.setUnusablePassword();
    await ada.save(['password']);
    expect(await listTokens(ada.id)).toHaveLength(1);
    await overrideSettings({ TOKENS_END_WITH_PASSWORD: true }, () => ada.save(['password']));
    expect(await listTokens(ada.id)).toEqual([]);
  });
});
