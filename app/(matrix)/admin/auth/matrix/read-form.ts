import { SuspiciousOperation } from '@/lib/core/exceptions';
import {
  type ColumnName,
  formatColumnName,
  type MatrixChange,
  parseColumnName,
  parseMatrixChanges,
} from '@/lib/extras/matrix/matrix-changes';
import { formatMatrixView, parseMatrixView } from '@/lib/extras/matrix/matrix-view';

/** Where a form stands: in the matrix of one user or group, or in a part of that of all groups. */
export type About = ColumnName | { kind: 'all'; view: string };

/**
 * Where the form stands that was sent: `u7`, `g12`, or the query of the part that was shown. Throws
 * SuspiciousOperation for what no form of ours sends.
 */
export function readAbout(form: FormData): About {
  const text = String(form.get('_about') ?? '');
  if (text === '' || text.startsWith('?')) return { kind: 'all', view: viewIn(text) };
  const about = parseColumnName(text);
  if (about === null) throw new SuspiciousOperation('No group or user is named so.');
  return about;
}

// Written anew: an address that we lead to has nothing in it that was only sent to us.
function viewIn(text: string): string {
  const query = new URLSearchParams(text);
  return formatMatrixView(parseMatrixView(Object.fromEntries(query)));
}

/**
 * The changes that a form asks for: a list of them, or, of a form with checkboxes, what differs
 * from what was ticked when it was drawn. Throws SuspiciousOperation for what no form of ours sends.
 */
export function readChanges(form: FormData, about: About): MatrixChange[] {
  const text = form.get('changes') ?? (about.kind === 'all' ? null : ticked(form, about));
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
export function addressOf(about: About): string {
  return `/admin/auth/matrix/${about.kind === 'all' ? about.view : `?${about.kind}=${about.id}`}`;
}
