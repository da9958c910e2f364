import { beforeAll, describe, expect, it } from 'vitest';
import { emailAction } from '@/app/(account)/accounts/email/actions';
import { loginCodeAction } from '@/app/(account)/accounts/login/code/actions';
import { signupAction } from '@/app/(account)/accounts/signup/actions';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { passwordResetAction } from '@/app/(auth)/accounts/password_reset/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import type { Action } from '@/lib/http/entry-points/views';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';

const TRIES = 200;
const ORIGIN = 'http://localhost:3000';

const OPEN = {
  ACCOUNT_SIGNUP_ENABLED: true,
  ACCOUNT_SIGNUP_DOMAINS: ['example.com'],
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
};

type Form = { name: string; action: Action; cookie: string; fields: Record<string, string> };

/**
 * Whether a form tells by its time who has an account: registration, code, reset, invitation and another
 * address, each sent for as many known, unknown and foreign addresses in turn, up to the answer; the
 * mail, which goes after it, is not counted. It prints medians and judges nothing: a machine with other
 * work measures that.
 * BENCH=1 npx vitest run --project integration-sqlite tests/integration/extras/account/timing.test.ts
 */
describe.runIf(process.env['BENCH'])('the time to an answer', () => {
  beforeAll(freshDatabase);

  it('is measured', { timeout: 600_000 }, async () => {
    const mails = await mailFolder();
    const open = { ...OPEN, EMAIL_URL: mails.url, THROTTLES: endless() };
    await overrideSettings(open, async () => {
      for (const form of await forms()) process.stdout.write(`${await measure(form)}\n`);
    });
    await mails.remove();
    expect(await db.user.count()).toBe(TRIES + 1);
  });
});

async function forms(): Promise<Form[]> {
  const root = await users.createSuperuser({ username: 'root', email: 'root@example.com' });
  for (let i = 0; i < TRIES; i += 1) {
    const person = { username: `known${i}`, email: `known${i}@example.com` };
    await users.createUser({ ...person, password: null });
  }
  const cookie = await browserOf(root);
  const invitation = { _model: 'account.invitation', note: '' };
  return [
    { name: 'registration', action: signupAction, cookie: '', fields: {} },
    { name: 'code', action: loginCodeAction, cookie: '', fields: {} },
    { name: 'reset', action: passwordResetAction, cookie: '', fields: {} },
    { name: 'invitation', action: saveAction, cookie, fields: invitation },
    { name: 'another address', action: emailAction, cookie, fields: { action_add: 'add' } },
  ];
}

async function measure(form: Form): Promise<string> {
  const durations: Record<string, number[]> = { known: [], unknown: [], foreign: [] };
  for (let i = -10; i < TRIES; i += 1) {
    const addresses = {
      known: `known${Math.max(0, i)}@example.com`,
      unknown: `unknown${i}@example.com`,
      foreign: `foreign${i}@elsewhere.test`,
    };
    const turned = Object.entries(addresses);
    for (let turns = (i + 12) % 3; turns > 0; turns -= 1) turned.push(...turned.splice(0, 1));
    for (const [kind, email] of turned) {
      const duration = await timeOf(form, email);
      // What runs for the first time is compiled.
      if (i >= 0) durations[kind]?.push(duration);
      await db.emailAddress.deleteMany();
    }
  }
  const medians = Object.entries(durations).map(([kind, all]) => [kind, median(all)] as const);
  const figures = medians.map(([kind, value]) => `${kind} ${value.toFixed(2)} ms`);
  const values = medians.map(([, value]) => value);
  const apart = (Math.max(...values) / Math.min(...values) - 1) * 100;
  return `${form.name}: ${figures.join(', ')}; ${apart.toFixed(1)} % apart at most`;
}

async function timeOf({ action, cookie, fields }: Form, email: string): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, email })) form.set(name, value);
  const headers = { host: new URL(ORIGIN).host, origin: ORIGIN, cookie };
  const request = new Request(`${ORIGIN}/accounts/`, { method: 'POST', headers });
  let duration = 0;
  await answerOf(request, 'action', async () => {
    const started = performance.now();
    try {
      await action(form);
    } finally {
      duration = performance.now() - started;
    }
  });
  return duration;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function endless(): typeof settings.THROTTLES {
  const never = { free: 1_000_000, delay: 1, maxDelay: 2, forget: 3 };
  const kinds = Object.keys(settings.THROTTLES).map((kind) => [
    kind,
    { account: never, network: never },
  ]);
  return Object.fromEntries(kinds);
}
