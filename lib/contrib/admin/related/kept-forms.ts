import type { Session } from '@/lib/contrib/sessions/session';
import { getRandomString } from '@/lib/core/crypto';

/** A form that somebody left for a page beside one of its fields: where it stands, and what was typed. */
type KeptForm = { key: string; path: string; values: Record<string, string> };

const NAME = '_kept_forms';
const MOST_FORMS = 5;
// Of all of them together: the session's row is written with them.
const MOST_CHARACTERS = 200_000;

type Keeping = Pick<Session, 'get' | 'set' | 'delete'>;

/**
 * Keep what was typed into a form until it is opened again, for as long as the session lives: the last
 * five. Returns the key to find it by; null for one that is too large to be kept.
 * Django: no counterpart; there a form is left by a window that scripts open
 */
export function keepForm(
  session: Keeping,
  path: string,
  values: Readonly<Record<string, string>>,
): string | null {
  const kept = { key: getRandomString(12), path, values: { ...values } };
  const all = [...keptForms(session), kept].slice(-MOST_FORMS);
  while (JSON.stringify(all).length > MOST_CHARACTERS) all.shift();
  if (!all.includes(kept)) return null;
  session.set(NAME, all);
  return kept.key;
}

/** What was typed into the form at this path that was kept by this key; null for none. */
export function keptForm(
  session: Keeping,
  path: string,
  key: unknown,
): Record<string, string> | null {
  return keptForms(session).find((each) => each.key === key && each.path === path)?.values ?? null;
}

/** Let go of what was kept of the form at this path: it is saved. */
export function forgetForms(session: Keeping, path: string): void {
  const all = keptForms(session);
  const others = all.filter((each) => each.path !== path);
  if (others.length === all.length) return;
  if (others.length === 0) session.delete(NAME);
  else session.set(NAME, others);
}

function keptForms(session: Keeping): KeptForm[] {
  const kept = session.get(NAME);
  // Nobody else writes it, and a session's values are what was put there.
  return Array.isArray(kept) ? (kept as KeptForm[]) : [];
}
