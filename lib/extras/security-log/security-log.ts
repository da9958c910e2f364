import { settings } from '@/lib/conf/settings';
import type {
  SecurityEvent,
  SecurityEvents,
  Storage,
} from '@/lib/contrib/auth/events/security-events';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { getLogger, logContext } from '@/lib/core/logging';
import { bestEffort } from '@/lib/db/best-effort';
import { afterCommit, db, type TransactionClient } from '@/lib/db/client';
// Installs the user model, which is asked for names below.
import '@/lib/contrib/auth/models';
import { asciiJson } from './ascii-json';

const logger = getLogger('security');

/** Rows of one event that one person can cause in an hour, where they can cause it without end. */
export const MAX_LIMITED_ROWS = 100;
const HOUR_MS = 3_600_000;

// Rows of one statement.
const BATCH = 1000;

/**
 * Keep an event in `auth_security_log`, and print it as one line of JSON if
 * settings.SECURITY_LOG_STDOUT: in a transaction of the caller once that is committed. What cannot be
 * written is reported on stderr and stops nobody, save in such a transaction, which it rejects.
 * `'limited'` is for what people can cause without end, and by reading: MAX_LIMITED_ROWS an hour for
 * each of them, the rest is only printed, as all of strangers is; no database keeps a page waiting.
 * OWASP ASVS 5.0 16.2, 16.3, 16.4
 */
export async function keepSecurityEvent({
  event,
  storage,
}: {
  event: SecurityEvent;
  storage: Storage;
}): Promise<void> {
  const { tx } = event;
  let line = event.name as string;
  try {
    const entry = await entryOf(event);
    line = lineOf(entry);
    const create = () => (tx ?? db).securityLogEntry.create({ data: entry, select: { id: true } });
    if (storage !== 'limited') await create();
    else if (!(await keepIfRoom(entry, create))) throw new Error('not at once');
    print([line], tx);
  } catch (error) {
    if (tx) throw error;
    logger.error(`The security log could not be written (${reasonOf(error)}): ${line}`);
  }
}

/**
 * Keep what one act did to many people, an event for each, in the transaction of the act. Rejects it
 * if they cannot be written.
 */
export async function keepSecurityEvents({ events, tx }: SecurityEvents): Promise<void> {
  const entries = await Promise.all(events.map(entryOf));
  for (let start = 0; start < entries.length; start += BATCH) {
    await tx.securityLogEntry.createMany({ data: entries.slice(start, start + BATCH) });
  }
  print(entries.map(lineOf), tx);
}

// What is printed cannot be rolled back.
function print(lines: readonly string[], tx: TransactionClient | undefined): void {
  if (!settings.SECURITY_LOG_STDOUT) return;
  afterCommit(tx ?? db, () => {
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  });
}

function keepIfRoom(entry: Entry, create: () => Promise<unknown>): Promise<boolean> {
  if (entry.actorId === null) return Promise.resolve(true);
  return bestEffort('An event of the security log', async () => {
    if (await hasRoomFor(entry)) await create();
  });
}

type Entry = Awaited<ReturnType<typeof entryOf>>;

async function entryOf({ name, actor, username, target, request, detail = {} }: SecurityEvent) {
  const asked = actor?.isAuthenticated ? actor : null;
  const who = asked?.impersonator ?? asked;
  const subject = asked?.impersonator ? asked : null;
  const whom = target ?? (username === undefined ? null : await userNamed(username));
  return {
    time: new Date(),
    event: name,
    actorId: who?.id ?? null,
    actorUsername: who?.username ?? '',
    subjectId: subject?.id ?? null,
    subjectUsername: subject?.username ?? '',
    targetId: whom?.id ?? null,
    targetUsername: whom?.username ?? '',
    ipAddress: fitting(request?.ipAddress, 45),
    userAgent: fitting(request?.userAgent, 255),
    sessionKey: request?.session?.keyHash ?? '',
    detail: asciiJson({ ...detail, ...(request?.token && { token: request.token }) }),
  };
}

async function hasRoomFor({ actorId, event, time }: Entry): Promise<boolean> {
  const where = { actorId, event, time: { gt: new Date(time.getTime() - HOUR_MS) } };
  return (await db.securityLogEntry.count({ where, take: MAX_LIMITED_ROWS })) < MAX_LIMITED_ROWS;
}

async function userNamed(username: string) {
  const user = await findUserByName(username);
  return user && { id: user.id, username: user.getUsername() };
}

function lineOf({ detail, ...entry }: Entry): string {
  const kind = { type: 'security', level: 'info', logger: 'security', message: 'Security event.' };
  return asciiJson({ ...kind, ...logContext(), ...entry, detail: JSON.parse(detail) });
}

function fitting(text = '', length: number): string {
  return text.replaceAll('\0', '').slice(0, length).toWellFormed();
}

// A driver's message may quote the values.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name} ${error.code}` : error.name;
}
