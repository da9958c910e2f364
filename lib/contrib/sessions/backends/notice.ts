import type { SessionClient } from '@/lib/contrib/sessions/row';
import { sha256Hex } from '@/lib/core/crypto';
import { bestEffort } from '@/lib/db/best-effort';
import { type DbClient, db, Prisma, transaction } from '@/lib/db/client';
import { decodeTheirs, firstOurs, type Theirs, userIdOf } from './halves';
import { boundedData, isSamePerson, type StoredRow, sharesDjangos, theirsOf } from './stored-row';

type Unseen = { key: string; data: string | null; expireDate: Date };
type Own = { id: number; sessionData: string; created: Date; lastSeen: Date };

const BATCH = 500;
// What one look at a list goes through, the newest first; `clearsessions` goes through all.
const NEWEST = 5000;
const MAX_USER_AGENT = 255;

/**
 * A session that a browser has sent the key of, with our half: one that began at Django, or that has
 * another person since, gets its half now, and one that only a list has seen learns its browser. Costs
 * nothing more for one that is known. A database that cannot be written to is no hindrance: the session
 * is then read without our half.
 */
export async function noticed<Row extends StoredRow>(
  row: Row,
  client: SessionClient | undefined,
  now: Date,
): Promise<Row> {
  const theirs = row.expireDate > now ? theirsOf(row) : null;
  if (!theirs) return row;
  if (isSamePerson(row, theirs.members)) {
    if (row.id !== null && Number(row.isUntracked) === 1 && client) await track(row.id, client);
    return row;
  }
  const userId = userIdOf(theirs.members);
  let own: Own | undefined;
  const unseen = { key: row.djangoKey ?? '', expireDate: row.expireDate };
  await bestEffort('That a session of Django was seen', async () => {
    const values = valuesOf(unseen, theirs, { client, now });
    [own] = await db.$queryRaw<Own[]>`${insertion([values])}
      ON CONFLICT (session_key) DO UPDATE SET user_id = excluded.user_id,
        session_data = excluded.session_data, created = excluded.created,
        last_seen = excluded.last_seen, expire_date = excluded.expire_date,
        ip_address = excluded.ip_address, user_agent = excluded.user_agent
      RETURNING id, session_data AS "sessionData", created, last_seen AS "lastSeen"`;
  });
  const unwritten = { id: 0, sessionData: firstOurs(theirs.members), created: now, lastSeen: now };
  return { ...row, ...(own ?? unwritten), userId };
}

/**
 * Give our half to the sessions of signed-in people that Django made and that no browser has shown here,
 * of the newest ones: for the list of one's devices. Nothing with sessions of our own.
 */
export async function noticeNewest(now = new Date()): Promise<void> {
  if (!sharesDjangos()) return;
  await bestEffort('Which sessions Django has', async () => {
    const newest = Prisma.sql`(SELECT * FROM django_session WHERE expire_date > ${now}
      ORDER BY expire_date DESC LIMIT ${NEWEST})`;
    await noticeAll(await unseenIn(db, newest, { limit: NEWEST }), now);
  });
}

/** The same of all that Django has. Returns how many. */
export async function noticeEach(now = new Date()): Promise<number> {
  let count = 0;
  for await (const batch of unseenBatches(db, now)) count += await noticeAll(batch, now);
  return count;
}

/** The keys of these users' sessions at Django that have not been seen here. Reads all of those. */
export async function unseenKeysOf(
  client: DbClient,
  userIds: readonly number[],
  now = new Date(),
): Promise<string[]> {
  const wanted = new Set<number | null>(userIds);
  const keys: string[] = [];
  for await (const batch of unseenBatches(client, now)) {
    for (const { key, data } of batch) {
      const theirs = decodeTheirs(data);
      const userId = theirs && userIdOf(theirs.members);
      if (userId !== null && wanted.has(userId)) keys.push(key);
    }
  }
  return keys;
}

async function* unseenBatches(client: DbClient, now: Date): AsyncGenerator<Unseen[]> {
  const living = Prisma.sql`(SELECT * FROM django_session WHERE expire_date > ${now})`;
  for (let after = '', isMore = true; isMore; ) {
    const batch = await unseenIn(client, living, { after, limit: BATCH });
    after = batch.at(-1)?.key ?? '';
    isMore = batch.length === BATCH;
    yield batch;
  }
}

function unseenIn(
  client: DbClient,
  table: Prisma.Sql,
  { after = '', limit }: { after?: string; limit: number },
): Promise<Unseen[]> {
  return client.$queryRaw<Unseen[]>`
    SELECT d.session_key AS key, ${boundedData(Prisma.sql`d.session_data`)} AS data,
           d.expire_date AS "expireDate"
    FROM ${table} d
    WHERE d.session_key > ${after} AND NOT EXISTS (
      SELECT 1 FROM auth_session s WHERE s.django_key = d.session_key)
    ORDER BY d.session_key LIMIT ${limit}`;
}

async function noticeAll(unseen: readonly Unseen[], now: Date): Promise<number> {
  const rows = unseen.flatMap((each) => {
    const theirs = decodeTheirs(each.data);
    return theirs && userIdOf(theirs.members) !== null ? [valuesOf(each, theirs, { now })] : [];
  });
  let count = 0;
  for (let start = 0; start < rows.length; start += BATCH) {
    const values = rows.slice(start, start + BATCH);
    count += await transaction(
      (tx) => tx.$executeRaw`${insertion(values)} ON CONFLICT (session_key) DO NOTHING`,
    );
  }
  return count;
}

function insertion(values: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO auth_session (session_key, django_key, user_id, session_data, created, last_seen,
      expire_date, ip_address, user_agent)
    VALUES ${Prisma.join([...values])}`;
}

// Django wrote it last when it signed it: nothing else tells how old it is.
function valuesOf(
  { key, expireDate }: Pick<Unseen, 'key' | 'expireDate'>,
  { members, at }: Theirs,
  { client, now }: { client?: SessionClient | undefined; now: Date },
): Prisma.Sql {
  const created = at < now ? at : now;
  const lastSeen = client ? now : created;
  const userAgent = (client?.userAgent ?? '').slice(0, MAX_USER_AGENT);
  return Prisma.sql`(${sha256Hex(key)}, ${key}, ${userIdOf(members)}, ${firstOurs(members)},
    ${created}, ${lastSeen}, ${expireDate}, ${client?.ipAddress ?? ''}, ${userAgent})`;
}

async function track(id: number, { ipAddress, userAgent }: SessionClient): Promise<void> {
  if (ipAddress === '' && userAgent === '') return;
  const data = { ipAddress, userAgent: userAgent.slice(0, MAX_USER_AGENT), lastSeen: new Date() };
  await bestEffort('Which browser has a session', () =>
    transaction((tx) => tx.session.updateMany({ where: { id }, data })),
  );
}
