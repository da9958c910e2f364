import { beforeAll, beforeEach } from 'vitest';
import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { openSession } from '@/lib/contrib/sessions/cookie';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { browser } from '@/tests/boundary/browser';
import { loginRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { djangosCosts } from '@/tests/oracle/costs';
import { Django } from '@/tests/oracle/django';
import { count } from '@/tests/oracle/oracle';
import { emptyDatabase } from '@/tests/support/database';
import { djangosSessions } from '@/tests/support/django-site/django-sessions';
import { run } from '@/tests/support/run-command';

export const PASSWORD = 'correct horse 42';
export const CLIENT = { ipAddress: '192.0.2.1', userAgent: 'Tester' };

type Visit = { username: string; cookies: Record<string, string> };
type Jar = ReturnType<typeof browser>;

/**
 * A Django and ourselves on one database, sharing their sessions, for the tests of a `describe`; each test
 * has a person of its own.
 */
export class OneSession {
  ada = { username: '', password: PASSWORD };
  #django: Django | null = null;
  #made = 0;
  readonly #inside = probe(loginRequired);

  constructor() {
    beforeAll(() => djangosSessions());
    beforeAll(async () => {
      const tearDown = await emptyDatabase();
      const django = new Django(djangosCosts, 'PBKDF2PasswordHasher');
      this.#django = django;
      await django.ask('migrate');
      await run(migrate, []);
      return async () => {
        await django.stop();
        await tearDown();
      };
    });
    beforeEach(async () => {
      this.#made += 1;
      this.ada = { username: `ada${this.#made}`, password: PASSWORD };
      await this.ask('create_user', { ...this.ada, email: '' });
    });
  }

  /** Ask Django. */
  ask<Answer>(name: string, named: Record<string, unknown> = {}): Promise<Answer> {
    if (!this.#django) throw new Error('There is no Django yet.');
    return this.#django.ask<Answer>(name, named);
  }

  /** Sign in at Django. Resolves to the key. */
  beginThere(): Promise<string> {
    return this.ask('begin_session', this.ada);
  }

  /** Sign in here, in a browser that has these cookies. */
  async beginHere(cookie = '') {
    const jar = browser(cookie);
    const sent = await jar.send(() => loginAction(form({ ...this.ada, next: '' })));
    return { jar, key: keyIn(jar), sent };
  }

  /** What a page here answers to a browser with this key. */
  askHere(key: string) {
    return this.#inside.ask('page', { cookie: `sessionid=${key}` });
  }

  /** At which of the two somebody is signed in by a key. */
  async signedInAt(key: string): Promise<string> {
    count(2);
    const isHere = (await this.askHere(key)).ran;
    const { username } = await this.ask<Visit>('visit', { cookies: { sessionid: key } });
    const isThere = username === this.ada.username;
    if (isHere !== isThere) return isHere ? 'here' : 'there';
    return isHere ? 'both' : 'none';
  }

  /** The session of a key, as a request of that browser has it. Throws for a stranger's. */
  async sessionOf(key: string) {
    const opened = await openSession(key);
    const stored = opened && (await loadSession(opened.seal, new Date(), CLIENT));
    if (!stored) throw new Error('That is nobody’s session.');
    return stored;
  }
}

export function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

/** The key that a browser holds; '' for none. */
export function keyIn(jar: Jar): string {
  return /(?:^|; )sessionid=([a-z0-9]{32})(?:;|$)/.exec(jar.cookies())?.[1] ?? '';
}
