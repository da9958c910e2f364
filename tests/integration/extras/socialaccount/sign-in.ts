import { beforeEach, describe, expect, it } from 'vitest';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import type { setUp } from '@/tests/support/socialaccount/set-up';
import { whoIs } from '@/tests/support/socialaccount/set-up';

type Site = ReturnType<typeof setUp>;

const OPEN = { trustEmail: true, signup: 'open' } as const;
const CLOSED = { trustEmail: true } as const;

/** Who somebody is here who signs in at a provider. */
export function whoIsWho(site: Site): void {
  const people = () => site.provider().people;

  beforeEach(async () => {
    people().clear();
    await db.socialAccount.deleteMany();
    await db.emailAddress.deleteMany();
    await db.throttle.deleteMany();
  });

  const ada = (claims: object = {}) =>
    people().set('1', {
      email: 'Ada@Example.com',
      email_verified: true,
      name: 'Ada Lovelace',
      preferred_username: 'ada',
      ...claims,
    });

  describe('somebody whom nobody knows here', () => {
    it('gets an account with their name and verified address, and is let in', async () => {
      ada();
      const browser = site.traveller(OPEN);
      const answer = await browser.signIn(site.provider(), '1', 'acme', { next: '/accounts/' });
      expect(answer).toMatchObject({ status: 302, location: '/accounts/' });
      expect(answer.headers.get('cache-control') ?? '').toBe('');
      expect(await whoIs(browser)).toBe('ada');
      const user = await db.user.findFirstOrThrow({ where: { username: 'ada' } });
      expect(user).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', email: 'Ada@Example.com' });
      expect(user.password.startsWith('!')).toBe(true);
      expect(await db.emailAddress.findMany({ where: { userId: user.id } })).toMatchObject([
        { email: 'ada@example.com', verified: true, primary: true },
      ]);
      const [link] = await db.socialAccount.findMany({ where: { userId: user.id } });
      expect(link).toMatchObject({ provider: 'acme', uid: '1' });
      expect(link?.extraData).toEqual({
        id_token: {
          iss: site.provider().issuer,
          sub: '1',
          email: 'Ada@Example.com',
          email_verified: true,
          name: 'Ada Lovelace',
          preferred_username: 'ada',
          groups: [],
        },
      });
      await users.getById(user.id).then((made) => made?.delete());
    });
  });
  void CLOSED;
}
