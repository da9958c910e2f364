import { isInstalled } from '@/lib/apps/installed';
import type { ThrottlePolicy } from '@/lib/conf/global-settings';
import { settings } from '@/lib/conf/settings';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type {
  Attempt,
  AttemptKeys,
  AttemptOptions,
  ThrottleKind,
} from '@/lib/contrib/auth/sign-in/attempts';
import { networkOf } from '@/lib/core/ip-address';
import { type DbClient, db, Prisma } from '@/lib/db/client';
import { accountKey, deviceKey } from './keys';
import { policiesOf } from './policies';

type Counter = { scope: 'account' | 'device' | 'network'; key: string };
type Options = AttemptOptions & { now?: Date; beside?: Beside };

/** What the statement that counts is to read, too: columns, and who is told what they hold. */
type Beside = { columns: Prisma.Sql; read(row: Readonly<Record<string, unknown>>): void };

// Long past for every clock: of tries at once, one's own may run a little behind another's.
const AT_ONCE = new Date(0);

/**
 * Count a try before it is made, or refuse it. One atomic statement takes the try from every
 * counter or, if one of them must wait, from none: of many tries at once only as many pass as one
 * after the other would. A refused try does not lengthen the wait. `now` substitutes the clock; with
 * `tx`, the transaction of what is tried, it is counted if that is committed.
 * Rejects when the database does not answer: without a count there is no try. With the app out every
 * try is the first one.
 * OWASP ASVS 5.0 6.3.1
 */
export async function reserveAttempt(
  kind: ThrottleKind,
  keys: AttemptKeys,
  { now = new Date(), ...told }: Options = {},
): Promise<Attempt> {
  const { account: policy } = policiesOf(kind);
  if (!isInstalled('throttling')) return { allowed: true, tries: 1, free: policy.free, keys };
  const counters = countersOf(kind, keys);
  const counted = await count(kind, counters, { now, ...told });
  if (counted[0]) told.beside?.read(counted[0]);
  const own = counted.find(({ scope }) => scope !== 'network');
  if (!own || counted.length < counters.length) return refuse(kind, keys, { now, ...told });
  return { allowed: true, tries: own.tries, free: policy.free, keys };
}

/**
 * Forget what was counted under these keys, after a success: account or device start anew, the
 * network gets back the one try that succeeded. Otherwise whoever has an account of their own could
 * clear the network's count by signing in to it.
 */
export async function forgetAttempts(
  kind: ThrottleKind,
  keys: AttemptKeys,
  client: DbClient = db,
): Promise<void> {
  if (!isInstalled('throttling')) return;
  await client.$executeRaw`
    UPDATE auth_throttle
    SET tries = CASE WHEN scope <> 'network' THEN 0 WHEN tries > 0 THEN tries - 1 ELSE 0 END,
        blocked_until = CASE WHEN scope = 'network' THEN blocked_until ELSE ${AT_ONCE} END
    WHERE kind = ${kind} AND ${isOneOf(countersOf(kind, keys))}`;
}

/**
 * Take back a try, the `tries`-th of its account or device, that could not be made after all. The
 * wait that it brought goes with it, unless somebody has tried since.
 */
export async function withdrawAttempt(
  kind: ThrottleKind,
  keys: AttemptKeys,
  tries: number,
): Promise<void> {
  if (!isInstalled('throttling')) return;
  await db.$executeRaw`
    UPDATE auth_throttle
    SET blocked_until = CASE WHEN scope <> 'network' AND tries = ${tries} THEN ${AT_ONCE}
                             ELSE blocked_until END,
        tries = CASE WHEN tries > 0 THEN tries - 1 ELSE 0 END
    WHERE kind = ${kind} AND ${isOneOf(countersOf(kind, keys))}`;
}

/** Delete the counters of which nothing counts any more. Returns how many. */
export async function clearForgottenAttempts(now = new Date()): Promise<number> {
  const windows = Object.values(settings.THROTTLES).flatMap(({ account, network }) => [
    account.forget,
    network.forget,
  ]);
  const started = { lte: after(now, -Math.max(...windows)) };
  const { count } = await db.throttle.deleteMany({
    where: { started, blockedUntil: { lte: now } },
  });
  return count;
}

/** Seconds to wait after so many tries. */
function delayAfter(tries: number, { free, delay, maxDelay }: ThrottlePolicy): number {
  return tries < free ? 0 : Math.min(maxDelay, delay * 2 ** (tries - free));
}

function countersOf(kind: ThrottleKind, { account, network, device }: AttemptKeys): Counter[] {
  if (device) return [{ scope: 'device', key: deviceKey(kind, account, device) }];
  const own: Counter = { scope: 'account', key: accountKey(kind, account) };
  const shared = networkOf(network);
  return shared === '' ? [own] : [own, { scope: 'network', key: shared }];
}

// A counter that is waiting makes the first WHERE refuse all of them. Tries that arrive at once see
// the same rows there, but line up for each row at ON CONFLICT, whose WHERE reads it once more.
function count(
  kind: ThrottleKind,
  counters: readonly Counter[],
  { now, tx, beside }: Required<Pick<Options, 'now'>> & Options,
) {
  const also = beside ? Prisma.sql`, ${beside.columns}` : Prisma.empty;
  const { account, network } = policiesOf(kind);
  const isForgotten = Prisma.sql`(
    auth_throttle.scope = 'network' AND auth_throttle.started <= ${after(now, -network.forget)}
    OR auth_throttle.scope <> 'network' AND auth_throttle.started <= ${after(now, -account.forget)})`;
  const rows = counters.map(
    ({ scope, key }) => Prisma.sql`SELECT ${scope} AS scope, ${key} AS key`,
  );
  return (tx ?? db).$queryRaw<{ scope: Counter['scope']; tries: number }[]>`
    INSERT INTO auth_throttle (kind, scope, key, tries, refused, blocked_until, started)
    SELECT ${kind}, counter.scope, counter.key, 1, 0, ${AT_ONCE}, ${now}
    FROM (${Prisma.join(rows, ' UNION ALL ')}) AS counter
    WHERE NOT EXISTS (SELECT 1 FROM auth_throttle
                      WHERE kind = ${kind} AND ${isOneOf(counters)} AND blocked_until > ${now})
    ORDER BY counter.scope
    ON CONFLICT (kind, scope, key) DO UPDATE
    SET tries = CASE WHEN ${isForgotten} THEN 1 ELSE auth_throttle.tries + 1 END,
        started = CASE WHEN ${isForgotten} THEN excluded.started ELSE auth_throttle.started END,
        blocked_until = CASE WHEN ${isForgotten} THEN excluded.blocked_until
                             WHEN auth_throttle.scope = 'network' THEN ${waitOf(network, now)}
                             ELSE ${waitOf(account, now)} END,
        refused = 0
    WHERE auth_throttle.blocked_until <= ${now}
    RETURNING scope, tries ${also}`;
}

function waitOf(policy: ThrottlePolicy, now: Date): Prisma.Sql {
  const steps = [
    Prisma.sql`WHEN auth_throttle.tries + 1 < ${policy.free} THEN excluded.blocked_until`,
  ];
  for (let tries = policy.free; delayAfter(tries, policy) < policy.maxDelay; tries += 1) {
    const until = after(now, delayAfter(tries, policy));
    steps.push(Prisma.sql`WHEN auth_throttle.tries + 1 = ${tries} THEN ${until}`);
  }
  return Prisma.sql`CASE ${Prisma.join(steps, ' ')} ELSE ${after(now, policy.maxDelay)} END`;
}

async function refuse(
  kind: ThrottleKind,
  keys: AttemptKeys,
  { now, request, tx, target }: Required<Pick<Options, 'now'>> & Options,
): Promise<Attempt> {
  const waiting = await (tx ?? db).$queryRaw<
    { scope: string; blockedUntil: Date; refused: number }[]
  >`
    UPDATE auth_throttle SET refused = refused + 1
    WHERE kind = ${kind} AND ${isOneOf(countersOf(kind, keys))} AND blocked_until > ${now}
    RETURNING scope, blocked_until AS "blockedUntil", refused`;
  const until = Math.max(now.getTime(), ...waiting.map((row) => row.blockedUntil.getTime()));
  const retryAfter = Math.max(1, Math.ceil((until - now.getTime()) / 1000));
  const news = waiting.filter(({ refused }) => refused === 1).map(({ scope }) => scope);
  if (news.length > 0) {
    await logSecurityEvent({
      name: 'excess_rate_limit_exceeded',
      ...(target ? { target } : !tx && { username: keys.account }),
      ...(tx && { tx }),
      request: request ?? { ipAddress: keys.network },
      detail: { kind, scope: news, retryAfter },
    });
  }
  return { allowed: false, retryAfter };
}

function isOneOf(counters: readonly Counter[]): Prisma.Sql {
  const tests = counters.map(({ scope, key }) => Prisma.sql`(scope = ${scope} AND key = ${key})`);
  return Prisma.sql`(${Prisma.join(tests, ' OR ')})`;
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
