import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { setPasswordAction } from '@/app/(admin)/admin/auth/user/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { formOf, untouched } from '@/tests/support/admin/object-forms';
import { sendRead } from '@/tests/support/admin/read-review';
import { screens } from '@/tests/support/admin/staff';
import { reload } from '@/tests/support/auth/grants';
import { withLongWaits } from '@/tests/support/auth/long-waits';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { browser, CHEAP } from './browser';
import { loginRequired } from './guards';
import { probe } from './probe';

const CONFIRM_FIELD = 'confirm_password';

const PASSWORD = 'correct horse';
const NEW = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };
const AGE = Number(settings.STEP_UP_AGE);

let made = 0;
let mine = browser();
let whom = 0;

beforeAll(freshDatabase);

beforeEach(async () => {
  made += 1;
  await overrideSettings(CHEAP, async () => {
    const password = PASSWORD;
    const root = await users.createSuperuser({ username: `root${made}`, password });
    whom = (await users.createUser({ username: `target${made}`, password })).id;
    mine = browser(await browserOf(await reload(root)));
  });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Move the clock on by so many seconds; only the date, nothing waits. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

/** What gives a right or a way in, with what is sent besides; true if it was done. */
const GRANTS: Record<string, (confirm: Record<string, string>) => Promise<boolean>> = {
  'setting a password': async (confirm) => {
    const before = await stored();
    const form = formOf({ _id: [whom], 'set-password': 'set', ...NEW, ...confirm });
    await mine.send(() => setPasswordAction(emptyFormState, form));
    return (await stored()).password !== before.password;
  },
  'giving staff status': async (confirm) => {
    const shown = await untouched(screens('auth.user'), whom);
    const fields = { ...shown, _model: 'auth.user', _id: [whom], is_staff: 'on', ...confirm };
    await sendRead(formOf(fields), (form) => mine.send(() => saveAction(emptyFormState, form)));
    return (await stored()).isStaff;
  },
  'waking an account': async (confirm) => {
    await db.user.update({ where: { id: whom }, data: { isActive: false } });
    const sent = { action: 'activate', _selected_action: [whom], post: 'yes', _query: '' };
    const asked = formOf({ _model: 'auth.user', ...sent, ...confirm });
    await sendRead(asked, (form) => mine.send(() => listAction(form)));
    return (await stored()).isActive;
  },
};

function stored() {
  return db.user.findUniqueOrThrow({ where: { id: whom }, omit: { password: false } });
}

describe.each(Object.entries(GRANTS))('%s', (_name, grant) => {
  it('needs no password soon after signing in', async () => {
    later(AGE - 60);
    expect(await grant({})).toBe(true);
  });

  it('is not done a while after it, unless the password is given again', async () => {
    later(AGE + 1);
    expect(await grant({})).toBe(false);
    expect(await grant({ [CONFIRM_FIELD]: 'wrong' })).toBe(false);
    expect(await grant({ [CONFIRM_FIELD]: PASSWORD })).toBe(true);
  });
});

const setPassword = (confirm: Record<string, string>) =>
  mine.send(() =>
    setPasswordAction(
      emptyFormState,
      formOf({ _id: [whom], 'set-password': 'set', ...NEW, ...confirm }),
    ),
  );

describe('giving the password again', () => {
  withLongWaits();
  it('counts for a while, and no longer', async () => {
    later(AGE + 1);
    expect((await setPassword({ [CONFIRM_FIELD]: PASSWORD })).status).toBe(303);
    later(AGE - 60);
    expect((await setPassword({})).status).toBe(303);
    later(120);
    expect((await setPassword({})).value).toHaveProperty(`fieldErrors.${CONFIRM_FIELD}`);
  });

  it('gives the session another key: a copy of the cookie is worth nothing', async () => {
    const cookie = mine.cookies();
    later(AGE + 1);
    await setPassword({ [CONFIRM_FIELD]: PASSWORD });
    expect((await probe(loginRequired).ask('page', { cookie })).ran).toBe(false);
    expect((await probe(loginRequired).ask('page', { cookie: mine.cookies() })).ran).toBe(true);
  });

  it('cannot be guessed at: after a few tries the right one waits as well', async () => {
    later(AGE + 1);
    for (let i = 0; i < settings.THROTTLES.password_change.account.free; i += 1) {
      expect((await setPassword({ [CONFIRM_FIELD]: `wrong ${i}` })).status).toBe(200);
    }
    expect((await setPassword({ [CONFIRM_FIELD]: PASSWORD })).status).toBe(429);
  });

  it('does not put a password into what comes back', async () => {
    later(AGE + 1);
    const { value } = await setPassword({ [CONFIRM_FIELD]: 'my secret' });
    expect(JSON.stringify(value)).not.toMatch(/my secret|Correct-horse/);
  });
});
