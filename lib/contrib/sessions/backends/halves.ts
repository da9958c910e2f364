import { settings } from '@/lib/conf/settings';
import { BACKEND_NAME, IMPERSONATOR_KEY, type Json, USER_NAMES } from '@/lib/contrib/sessions/row';
import { dumps, loads } from '@/lib/core/signing';
import { parseId } from '@/lib/forms/fields';
import { membersOf, objectOf, parseJson } from './members';

/** A session that Django shares, each value as JSON by its name: what Django's row has, and what ours. */
export type Halves = { readonly theirs: Map<string, string>; readonly ours: Map<string, string> };

/** Django's half as its row has it, with when it was written. */
export type Theirs = { readonly members: Map<string, string>; readonly at: Date };

/** Bytes of `session_data` that are read at all; a longer one is nobody's session. */
export const MAX_STORED_BYTES = 1024 * 1024;
const MAX_BYTES = 4 * MAX_STORED_BYTES;

/** Where Django keeps how long a session lasts: seconds, 0 for as long as the browser, or a moment. */
export const EXPIRY_NAME = '_session_expiry';
const CSRF_NAME = '_csrftoken';
const HASH_NAME = USER_NAMES[2];
const SALT = 'django.contrib.sessions.SessionStore';

/**
 * What Django's row holds. Null for a stranger's: damaged, signed by another secret or for another
 * purpose, pickled, too long or swollen (`null` says that the database kept it back).
 * Django: contrib/sessions/backends/base.py SessionBase.decode (which gives an empty session)
 */
export function decodeTheirs(stored: string | null): Theirs | null {
  if (stored === null || stored.length > MAX_STORED_BYTES) return null;
  const unsigned = loads(stored, { salt: SALT, maxBytes: MAX_BYTES });
  const members = unsigned && membersOf(unsigned.text);
  return members && { members, at: unsigned.at };
}

/**
 * The same as Django writes it.
 * Django: SessionBase.encode
 */
export function encodeTheirs(members: ReadonlyMap<string, string>, now: Date): string {
  return dumps(objectOf(members), SALT, now);
}

/** Our half, of which we have written each value. */
export function oursOf(sessionData: string): Map<string, string> {
  return membersOf(sessionData) ?? new Map();
}

/**
 * The whole session as JSON, as ours know it. Where both have a name Django's counts; who is signed in
 * only Django's row says, except of whoever acts as somebody, of whom Django knows nothing.
 */
export function whole({ theirs, ours }: Halves): string {
  const isActing = ours.has(IMPERSONATOR_KEY);
  const values = new Map([...ours].filter(([name]) => isActing || !isOfUser(name)));
  for (const [name, value] of theirs) {
    if (parseJson(value) === undefined || (isActing && isOfUser(name))) continue;
    values.set(name, name === BACKEND_NAME ? renamed(value, backendOfPath) : value);
  }
  return objectOf(values);
}

/** Put changed values where they belong; undefined removes the name. */
export function change(
  { theirs, ours }: Halves,
  changes: ReadonlyMap<string, Json | undefined>,
): void {
  const acting = changes.get(IMPERSONATOR_KEY) !== undefined || ours.has(IMPERSONATOR_KEY);
  for (const [name, value] of changes) {
    const isShared = theirs.has(name) || settings.SESSION_SHARED_NAMES.includes(name);
    const isTheirs = isOfUser(name) ? !acting : isShared;
    const text = value === undefined ? undefined : JSON.stringify(value);
    set(theirs, name, isTheirs ? text : undefined);
    set(ours, name, isTheirs && name !== HASH_NAME ? undefined : text);
    if (isTheirs && name === BACKEND_NAME && text) theirs.set(name, renamed(text, pathOfBackend));
  }
}

/** What a sign-in leaves behind: Django makes another token for forms when it next shows one. */
export function forgetFormToken({ theirs }: Halves): void {
  theirs.delete(CSRF_NAME);
}

/**
 * Have Django's half say whether the session ends with the browser; another length that Django has set
 * stays.
 * Django: SessionBase.set_expiry
 */
export function keepExpiry({ theirs }: Halves, untilBrowserCloses: boolean): void {
  if (endsWithBrowser(theirs) === untilBrowserCloses) return;
  if (untilBrowserCloses) theirs.set(EXPIRY_NAME, '0');
  else if (settings.SESSION_EXPIRE_AT_BROWSER_CLOSE) {
    theirs.set(EXPIRY_NAME, String(settings.SESSION_COOKIE_AGE));
  } else theirs.delete(EXPIRY_NAME);
}

/** Django: SessionBase.get_expire_at_browser_close */
export function endsWithBrowser(theirs: ReadonlyMap<string, string>): boolean {
  const expiry = parseJson(theirs.get(EXPIRY_NAME) ?? 'null');
  return expiry === null ? settings.SESSION_EXPIRE_AT_BROWSER_CLOSE : expiry === 0;
}

/**
 * When a session that is used now ends, by what it holds under EXPIRY_NAME.
 * Django: SessionBase.get_expiry_date
 */
export function expiryDate(expiry: unknown, now: Date): Date {
  if (typeof expiry === 'string') {
    const end = new Date(expiry);
    if (!Number.isNaN(end.getTime())) return end;
  }
  const isAge = typeof expiry === 'number' && expiry > 0 && expiry < 1e9;
  return new Date(now.getTime() + (isAge ? expiry : settings.SESSION_COOKIE_AGE) * 1000);
}

/** Whom Django's half says to be signed in, by id; null for nobody. */
export function userIdOf(theirs: ReadonlyMap<string, string>): number | null {
  const id = parseJson(theirs.get(USER_NAMES[0]) ?? 'null');
  return id === null ? null : parseId(String(id));
}

/** What our half keeps of a session that begins at Django: by which hash the list of devices finds it. */
export function firstOurs(theirs: ReadonlyMap<string, string>): string {
  const hash = theirs.get(HASH_NAME);
  return objectOf(new Map(hash === undefined ? [] : [[HASH_NAME, hash]]));
}

function isOfUser(name: string): boolean {
  return USER_NAMES.some((known) => known === name);
}

function set(members: Map<string, string>, name: string, text: string | undefined): void {
  if (text === undefined) members.delete(name);
  else members.set(name, text);
}

function renamed(value: string, rename: (name: string) => string): string {
  const name = parseJson(value);
  return typeof name === 'string' ? JSON.stringify(rename(name)) : value;
}

function pathOfBackend(name: string): string {
  return settings.SESSION_BACKEND_PATHS[name] ?? name;
}

// Of several with the same counterpart it is one that lets people in here.
function backendOfPath(path: string): string {
  const isCounterpart = (name: string) => pathOfBackend(name) === path;
  const configured = settings.AUTHENTICATION_BACKENDS.find(isCounterpart);
  return configured ?? Object.keys(settings.SESSION_BACKEND_PATHS).find(isCounterpart) ?? path;
}
