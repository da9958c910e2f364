import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { Guard } from '@/lib/http/entry-points/guard';
import { freshDatabase } from '@/tests/support/database';
import {
  loginNotRequired,
  loginRequired,
  permissionRequired,
  staffMemberRequired,
  userPassesTest,
} from './guards';
import { makePerson } from './people';
import { KINDS, type Kind, probe, SHOWN, SIGN_IN } from './probe';

type Who = 'stranger' | 'plain' | 'reader' | 'staff' | 'root';
type Fate = 'runs' | 'signs in' | 'refused';

const cookies: Record<Who, string> = { stranger: '', plain: '', reader: '', staff: '', root: '' };

beforeAll(async () => {
  const tearDown = await freshDatabase();
  cookies.plain = (await makePerson('plain')).cookie;
  cookies.reader = (await makePerson('reader', {}, 'auth.view_group')).cookie;
  cookies.staff = (await makePerson('staff', { isStaff: true })).cookie;
  cookies.root = (await makePerson('root', { isStaff: true, isSuperuser: true })).cookie;
  return tearDown;
});

const GUARDS: Record<string, [guard: Guard<RequestUser>, fates: Record<Who, Fate>]> = {
  loginNotRequired: [
    loginNotRequired,
    { stranger: 'runs', plain: 'runs', reader: 'runs', staff: 'runs', root: 'runs' },
  ],
  loginRequired: [
    loginRequired,
    { stranger: 'signs in', plain: 'runs', reader: 'runs', staff: 'runs', root: 'runs' },
  ],
  permissionRequired: [
    permissionRequired('auth.view_group'),
    { stranger: 'signs in', plain: 'refused', reader: 'runs', staff: 'refused', root: 'runs' },
  ],
  'permissionRequired of several': [
    permissionRequired(['auth.view_group', 'auth.view_user']),
    { stranger: 'signs in', plain: 'refused', reader: 'refused', staff: 'refused', root: 'runs' },
  ],
  userPassesTest: [
    userPassesTest(async (user) => user.getUsername() === 'plain'),
    { stranger: 'signs in', plain: 'runs', reader: 'refused', staff: 'refused', root: 'refused' },
  ],
  staffMemberRequired: [
    staffMemberRequired,
    { stranger: 'signs in', plain: 'refused', reader: 'refused', staff: 'runs', root: 'runs' },
  ],
};

const cases = Object.entries(GUARDS).flatMap(([name, [guard, fates]]) =>
  KINDS.flatMap((kind) =>
    Object.entries(fates).map(([who, fate]) => ({ name, guard, kind, who: who as Who, fate })),
  ),
);

/** Where a stranger is sent: by a redirect of Next.js, or by the handler's own response. */
const SENT: Record<Kind, number> = { page: 307, action: 303, form: 303, handler: 302 };

describe('each guard of each kind of entry point', () => {
  it.each(cases.filter(({ fate }) => fate === 'runs'))(
    '$name lets $who into the $kind, as themselves',
    async ({ guard, kind, who }) => {
      const answer = await probe(guard).ask(kind, { cookie: cookies[who] });
      expect(answer).toMatchObject({ ran: true, status: 200, location: null });
      expect(answer.user).toBe(who === 'stranger' ? 'nobody' : who);
    },
  );

  it.each(cases.filter(({ fate }) => fate === 'signs in'))(
    '$name sends $who from the $kind to sign in, and back',
    async ({ guard, kind, who }) => {
      const answer = await probe(guard).ask(kind, { cookie: cookies[who] });
      expect(answer).toMatchObject({ ran: false, status: SENT[kind], location: SIGN_IN });
    },
  );

  it.each(cases.filter(({ fate }) => fate === 'refused'))(
    '$name refuses $who the $kind with 403',
    async ({ guard, kind, who }) => {
      const answer = await probe(guard).ask(kind, { cookie: cookies[who] });
      expect(answer).toMatchObject({ ran: false, status: 403, location: null });
      await expectRefusal(kind, answer);
    },
  );
});

async function expectRefusal(kind: Kind, { value, notes, isRefreshed }: Refusal): Promise<void> {
  if (kind === 'page') expect(value).toHaveProperty('props.user.isAuthenticated', true);
  if (kind === 'handler') expect(await (value as Response).text()).toBe('Permission denied.\n');
  if (kind === 'action' || kind === 'form') {
    expect(value).toBe(kind === 'form' ? SHOWN : undefined);
    // The page that is rendered behind the action says it.
    expect(notes.raised).toBeInstanceOf(PermissionDenied);
    expect(isRefreshed).toBe(true);
  }
}

type Refusal = Awaited<ReturnType<ReturnType<typeof probe>['ask']>>;
