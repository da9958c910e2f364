import { SuspiciousOperation } from '@/lib/core/exceptions';
import {
  type ColumnName,
  formatColumnName,
  type MatrixChange,
  parseColumnName,
  parseMatrixChanges,
} from '@/lib/extras/matrix/matrix-changes';

/**
 * Whose form it is: one user's or one group's, null for the matrix of all groups. Throws
 * SuspiciousOperation for what no form of ours sends.
 */
export function readAbout(form: FormData): ColumnName | null {
  const text = String(form.get('_about') ?? '');
  const about = parseColumnName(text);
  if (text !== '' && about === null) throw new SuspiciousOperation('No group or user is named so.');
  return about;
}

/**
 * The changes that a form asks for: a list of them, or, of a form with checkboxes, what differs
 * from what was ticked when it was drawn. Throws SuspiciousOperation for what no form of ours sends.
 */
export function readChanges(form: FormData, about: ColumnName | null): MatrixChange[] {
  const text = form.get('changes') ?? (about && ticked(form, about));
  const changes = typeof text === 'string' ? parseMatrixChanges(text) : null;
  if (!changes) throw new SuspiciousOperation('These are no changes of permissions.');
  return changes;
}

function ticked(form: FormData, about: ColumnName): string {
  const before = new Set(
    String(form.get('before') ?? '')
      .split(' ')
      .filter(Boolean),
  );
  const after = new Set(form.getAll('permissions').map(String));
  const column = formatColumnName(about);
  const given = [...after].filter((permission) => !before.has(permission));
  const taken = [...before].filter((permission) => !after.has(permission));
  return [
    ...given.map((permission) => `${column}+${permission}`),
    ...taken.map((permission) => `${column}-${permission}`),
  ].join(' ');
}

/** The address of the page that the form is on. */
export function addressOf(about: ColumnName | null): string {
  return `/admin/auth/matrix/${about ? `?${about.kind}=${about.id}` : ''}`;
}
