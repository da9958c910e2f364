import { overrideSettings } from '@/lib/conf/settings';
import { type Answer, answerOf } from '@/tests/support/plain-source';
import { ORIGIN } from './probe';

/** Settings under which a password costs next to nothing; people have to be made under them. */
export const CHEAP = { PASSWORD_HASHERS: ['pbkdf2_sha256'], PBKDF2_ITERATIONS: 1 };

type Sending = { path?: string; ipAddress?: string; accept?: string };

/**
 * A browser that sends forms to actions and keeps the cookies that come back, as a jar does; `cookie`
 * is what it has to begin with.
 */
export function browser(cookie = '') {
  const jar = new Map<string, string>();
  for (const pair of cookie.split('; ').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=');
    jar.set(name, value.join('='));
  }

  async function send(call: () => Promise<unknown>, sending: Sending = {}): Promise<Answer> {
    const { path = '/', ipAddress = '192.0.2.1', accept } = sending;
    const headers = {
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      cookie: cookies(),
      'user-agent': 'Tester',
      'x-forwarded-for': ipAddress,
      ...(accept && { accept }),
    };
    const request = new Request(`${ORIGIN}${path}`, { method: 'POST', headers });
    const answer = await overrideSettings(CHEAP, () => answerOf(request, 'action', call));
    for (const [name, value] of answer.cookies) {
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  function cookies(): string {
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }
  return { send, cookies };
}
