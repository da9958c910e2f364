import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { type Judged, judgeChange, lockForChange } from '@/lib/contrib/admin/form/row-change';
import {
  type Conflict,
  changedBy,
  findConflict,
  versionOf,
} from '@/lib/contrib/admin/form/versions';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import type { AdminRequest, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { duplicateErrors, type Kept } from './duplicates';
import { countLines, linesLocked } from './line-rows';
import type { Lines } from './lines';
import { tooFewForms, tooManyForms } from './management-form';
import type { SentLine, SentLines } from './read-lines';

/**
 * That somebody else has changed a line since the form was filled, which is `row` now; or that it belongs
 * to the row no more, and then there is none.
 */
export type LineConflict = Conflict & {
  prefix: string;
  admin: ModelAdmin;
  row: Row | null;
  version: string;
};

/** What a form asks of the lines of one inline, looked at inside the transaction that would write it. */
export type JudgedLines = {
  lines: Lines;
  /** Rows that go, as they are. */
  doomed: Row[];
  /** Lines that are changed, then those that are new, in the order of the form. */
  judged: Judged[];
  conflicts: LineConflict[];
  errors: FieldErrors;
  /** Whether it gives somebody a right, or takes away what guards an account. */
  isGrant: boolean;
  /** Who loses what by the rows that go; null where they move no right. */
  deletion: RightsReview | null;
};

type Call = { request: AdminRequest; parent: Row | null; meta: ModelMeta };

/**
 * Look at all that a form asks of lines: whether they belong to the row, whether somebody else has
 * changed them, the rules of their model, what is taken, how many there would be. Locks them until the
 * transaction ends. `meta` is that of the row they belong to.
 * Django: BaseInlineFormSet, BaseModelFormSet.clean
 */
export async function judgeLines(
  tx: TransactionClient,
  { lines, sent }: Pick<SentLines, 'lines' | 'sent'>,
  call: Call,
): Promise<JudgedLines> {
  const { request, parent } = call;
  const { admin, prefix } = lines;
  const rules = admin.options.lock ? await lockEach(tx, admin, sent) : NO_RULES;
  const held = parent ? await heldBy(tx, parent, { lines, sent }) : new Map<RowId, Row>();
  const conflicts: LineConflict[] = [];
  for (const line of sent) conflicts.push(...(await conflictOf(tx, line, { held, call })));
  const empty = { doomed: [], judged: [], errors: {}, isGrant: false, deletion: null };
  const nothing = { ...empty, lines, conflicts };
  if (conflicts.length > 0) return nothing;
  const doomed = sent.flatMap(({ id, isDeleted }) =>
    isDeleted && id !== null ? (held.get(id) ?? []) : [],
  );
  const ids = doomed.map(({ id }) => id);
  const kept = sent.filter(({ isDeleted }) => !isDeleted);
  const errors: FieldErrors = {};
  const judged: Judged[] = [];
  const right: Kept[] = [];
  for (const line of kept) {
    const before = line.id === null ? null : (held.get(line.id) ?? null);
    const own = line.id === null && parent ? { [lines.key.name]: parent.id } : {};
    const values = { ...line.values, ...own };
    const locked = rules.get(line);
    const asked = { request, before, values, unseen: line.unseen, version: '', locked };
    const one = await judgeChange(tx, line.admin, { ...asked, doomed: ids });
    judged.push(one);
    Object.assign(errors, namedErrors(line, one.errors));
    if (Object.keys(one.errors).length === 0) right.push({ prefix: line.prefix, before, values });
  }
  const added = kept.filter(({ id }) => id === null).length;
  const count = (parent ? await countLines(tx, lines, parent.id) : 0) - doomed.length + added;
  const duplicates = duplicateErrors({ meta: admin.meta, prefix, shared: lines.key.name }, right);
  const whole = [
    ...((ids.length > 0 && (await admin.options.cleanDelete?.(tx, request.user, ids))) || []),
    ...countErrors(lines, { count, added }),
    ...(duplicates[prefix] ?? []),
  ];
  return {
    ...nothing,
    doomed,
    judged: judged.filter(({ change, changed }) => change.before === null || changed.length > 0),
    errors: { ...errors, ...duplicates, ...(whole.length > 0 && { [prefix]: whole }) },
    isGrant:
      judged.some(({ isGrant }) => isGrant) ||
      (doomed.length > 0 && (admin.options.isDeletionGuarded ?? false)),
    deletion:
      (ids.length > 0 && (await admin.options.reviewDeletion?.(tx, request.user, ids))) || null,
  };
}

function heldBy(
  tx: TransactionClient,
  parent: Row,
  { lines, sent }: Pick<SentLines, 'lines' | 'sent'>,
) {
  const ids = sent.flatMap(({ id, isKnown }) => (isKnown && id !== null ? id : []));
  return linesLocked(tx, lines, { parentId: parent.id, ids });
}

type Rules = ReadonlyMap<SentLine, unknown>;

const NO_RULES: Rules = new Map();

async function lockEach(
  tx: TransactionClient,
  admin: ModelAdmin,
  sent: readonly SentLine[],
): Promise<Rules> {
  const locked = new Map<SentLine, unknown>();
  for (const line of sent) {
    if (line.isKnown) locked.set(line, await lockForChange(tx, admin, line.id));
  }
  return locked;
}

type Held = { held: ReadonlyMap<RowId, Row>; call: Call };

async function conflictOf(
  tx: TransactionClient,
  line: SentLine,
  { held, call: { meta, parent } }: Held,
): Promise<LineConflict[]> {
  const { id, admin, prefix, version, isDeleted } = line;
  if (id === null || !parent) return [];
  const row = held.get(id) ?? null;
  if (row === null && isDeleted) return [];
  const fields = editableFields(admin);
  const found = row && (await findConflict(tx, admin.meta, { version, row, fields }));
  if (row && !found) return [];
  // The history of the row tells of its lines, too.
  const by = [...(found?.by ?? []), ...(await changedBy(tx, meta, { id: parent.id, version }))];
  const now = row ? versionOf(row, fields) : '';
  return [{ by, fields: found?.fields ?? [], prefix, admin, row, version: now }];
}

// What is wrong with a line as a whole is told by its number.
function namedErrors(
  { prefix }: SentLine,
  { '': whole = [], ...errors }: FieldErrors,
): FieldErrors {
  return whole.length > 0 ? { ...errors, [prefix]: whole } : errors;
}

// Lines that were too many already are not in the way of what else is changed.
function countErrors(
  { inline, maxNum, may }: Lines,
  { count, added }: { count: number; added: number },
): string[] {
  const { minNum = 0 } = inline.options;
  if (added > 0 && count > maxNum) return [tooManyForms(maxNum)];
  return may.add && count < minNum ? [tooFewForms(minNum)] : [];
}
