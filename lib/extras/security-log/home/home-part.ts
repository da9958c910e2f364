import type { HomeAct, HomeChart, HomePart, HomeViewer } from '@/lib/contrib/admin/home/home-parts';
import { momentFormat } from '@/lib/core/moments';
import { db, Prisma } from '@/lib/db/client';
import { sentenceOf } from '@/lib/extras/security-log/sentences/sentence';
import { wordsFor } from '@/lib/extras/security-log/sentences/words-for';
import { signInsByDay } from './sign-ins-by-day';

const DAYS = 30;

// Without what happens all day: sign-ins and failures are drawn, and sign-outs are no news.
const TOLD = [
  'authn_login_fail_max',
  'authn_password_change',
  'authn_token_created',
  'authn_token_reuse',
  'authn_token_revoked',
  'authz_admin',
  'privilege_permissions_changed',
  'user_created',
  'user_deleted',
  'user_updated',
];

const dayText = momentFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** Thirty days of sign-ins, and what happened to accounts and rights. */
export const securityLogHome: HomePart = {
  models: ['security.securitylogentry'],
  charts: async () => [await signInsChart()],
  activity: latestEvents,
};

async function signInsChart(): Promise<HomeChart> {
  const days = await signInsByDay(DAYS);
  return {
    title: 'Sign-ins, the last thirty days',
    href: '/admin/security/securitylogentry/',
    series: [
      { one: 'sign-in', many: 'sign-ins', isBad: false },
      { one: 'failed try', many: 'failed tries', isBad: true },
    ],
    days: days.map(({ start, signIns, failures }) => ({
      label: dayText(start),
      counts: [signIns, failures],
    })),
  };
}

/** The newest of each kind first by the index, then those of them all: a limit for each. */
async function latestEvents({ user }: HomeViewer, most: number): Promise<HomeAct[]> {
  const newest = TOLD.map(
    (event) => Prisma.sql`SELECT id FROM (SELECT id FROM auth_security_log
      WHERE event = ${event} ORDER BY time DESC LIMIT ${most}) AS newest`,
  );
  const found = await db.$queryRaw<{ id: number }[]>(Prisma.join(newest, ' UNION ALL '));
  const entries = await db.securityLogEntry.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ time: 'desc' }, { id: 'desc' }],
    take: most,
  });
  const words = await wordsFor(user, entries);
  return entries.map((entry) => ({
    time: entry.time,
    actorId: entry.actorId,
    sentence: sentenceOf(entry, words).parts.map(({ text, href }) => ({
      name: text,
      ...(href !== undefined && { href }),
    })),
  }));
}
