import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import type { User } from '@/lib/contrib/auth/models';
import { loadGrants, loadGrantsOfAll } from '@/lib/contrib/auth/permissions/held-permissions';
import type { Source } from '@/lib/contrib/auth/permissions/sources';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { db } from '@/lib/db/client';
import { csvLine } from '@/lib/extras/export/csv';
import { confirmedAmong, lastReviews } from './reviews';
import { holdersOf, type Subject } from './subject';

// People read at a time.
const BATCH = 200;

// Spreadsheets take a file without it for the local 8-bit encoding.
const BYTE_ORDER_MARK = '\ufeff';

const HEAD = [
  ...['holds', 'username', 'first_name', 'last_name', 'email', 'is_active'],
  ...['through', 'group', 'until', 'granted_by', 'reason', 'confirmed'],
];

/**
 * Who holds a permission or is in a group, as lines of a CSV file, in the order of their ids: a line for
 * each way through which somebody holds it, with its end where it has one, and whether the last
 * confirmation was about them. Groups are named to whoever may view groups. Each batch is read when it
 * is asked for. Ask `requireReview` first.
 * Django: no counterpart
 */
export async function* whoHoldsCsv(viewer: User, subject: Subject): AsyncGenerator<string> {
  const seesGroups = await hasViewPermission(viewer, groupAdmin);
  const [last] = await lastReviews(subject, 1);
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  let after = 0;
  for (;;) {
    const people = await holdersAfter(subject, after);
    await loadGrantsOfAll(people);
    const ids = people.map(({ id }) => id);
    const confirmed = last ? await confirmedAmong(last, ids) : new Set<number>();
    let text = '';
    for (const person of people) {
      const isConfirmed = String(confirmed.has(person.id));
      for (const source of await waysOf(person, subject)) {
        text += csvLine([...cellsOf(person, subject, source, seesGroups), isConfirmed]);
      }
    }
    yield text;
    after = ids.at(-1) ?? after;
    if (people.length < BATCH) return;
  }
}

async function holdersAfter(subject: Subject, after: number): Promise<User[]> {
  const model = getUserModel();
  const id = userColumn('id', 't');
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 't')} FROM ${userTable()} t
    WHERE ${id} > ${after} AND ${id} IN (${holdersOf(subject)}) ORDER BY ${id} LIMIT ${BATCH}`;
  return rows.flatMap((row) => userOf(model, row) ?? []);
}

async function waysOf(person: User, subject: Subject): Promise<readonly Source[]> {
  const { groups, permissions } = await loadGrants(person);
  if (subject.kind === 'permission') return permissions.get(subject.name)?.sources ?? [];
  return groups
    .filter(({ id }) => id === subject.id)
    .map((group) => ({ kind: 'group' as const, ...group }));
}

function cellsOf(person: User, subject: Subject, source: Source, seesGroups: boolean): string[] {
  const timed = 'timed' in source ? source.timed : undefined;
  const isMember = subject.kind === 'group';
  const nameOf = (id: number, name: string) => (seesGroups || isMember ? name : `group ${id}`);
  return [
    subject.name,
    person.username,
    person.firstName,
    person.lastName,
    person.email,
    String(person.isActive),
    isMember ? 'member' : source.kind,
    source.kind === 'group' ? nameOf(source.id, source.name) : '',
    timed ? timed.until.toISOString() : '',
    timed?.granter ?? '',
    timed?.reason ?? '',
  ];
}
