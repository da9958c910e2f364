import { beforeAll, expect, it } from 'vitest';
import { usernameAction } from '@/app/(account)/accounts/username/actions';
import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { site } from '@/tests/support/account/visitor';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { makeUser } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { scopesOf } from '../throttling/scopes';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

it.runIf(isInstalled('throttling'))(
  'a device has tries of its own still when the person has given themselves another name',
  async () => {
    const here = await site({ ACCOUNT_CHANGE_USERNAME: true });
    const user = await makeUser();
    const username = `now-${user.username}`;
    const mine = here.visitor(await browserOf(user));
    const { cookies } = await mine.send(usernameAction, { username });
    const [, marks = ''] =
      [...cookies].find(([name]) => name.endsWith(settings.DEVICE_COOKIE_NAME)) ?? [];
    expect(await scopesOf(username, marks)).toEqual(['device']);
    await here.remove();
  },
);
