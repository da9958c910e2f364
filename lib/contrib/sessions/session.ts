import { settings } from '@/lib/conf/settings';
import { getRandomString, sha256Hex } from '@/lib/core/crypto';
import type { SessionSeal } from './cookie';
import type { Json, SessionClient, SessionRow } from './row';
import { createSession, deleteSession, updateSession } from './store';

const KEY_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A person's session: JSON values kept in one row of `auth_session`, found by the key in the sealed
 * cookie. A stranger's session has no row until something is set. Changes are made in memory and
 * written by `save()`, which the guard calls after an action; only the names that were changed are
 * written, so that two requests at once do not undo each other.
 * Django: contrib/sessions/backends/base.py SessionBase, backends/db.py SessionStore
 */
export class Session {
  #row: SessionRow | null;
  #key: string | null;
  #nextKey: string | null = null;
  #data: Map<string, Json>;
  #changes = new Map<string, Json | undefined>();
  #isFlushed = false;
  #isKeyCycled = false;
  #isFrozen = false;
  #untilBrowserCloses: boolean;

  /** The user's id, kept in a column of its own beside the data; `login()` sets it. */
  userId: number | null;

  constructor(stored?: { row: SessionRow; seal: SessionSeal }) {
    this.#row = stored?.row ?? null;
    this.#key = stored?.seal.key ?? null;
    this.#data = new Map(stored ? parseData(stored.row.sessionData) : []);
    this.#untilBrowserCloses =
      stored?.seal.untilBrowserCloses ?? settings.SESSION_EXPIRE_AT_BROWSER_CLOSE;
    this.userId = stored?.row.userId ?? null;
  }

  /** The row's id, or null while there is no row. */
  get id(): number | null {
    return this.#row?.id ?? null;
  }

  /**
   * Hex SHA-256 of the key that the session has, or will have once it is saved; null for none. What
   * the row is found by, fit for a log.
   */
  get keyHash(): string | null {
    if (this.#row && !this.#isReplaced) return this.#key && sha256Hex(this.#key);
    return this.isEmpty ? null : sha256Hex(this.#keyToBe());
  }

  /** When the row was last marked as seen; null while there is no row. */
  get lastSeen(): Date | null {
    return this.#row?.lastSeen ?? null;
  }

  /** When the row was made, which signing in does; null while there is no row. */
  get created(): Date | null {
    return this.#row?.created ?? null;
  }

  get isEmpty(): boolean {
    return this.#data.size === 0;
  }

  /** Whether `save()` has anything to write. */
  get modified(): boolean {
    return this.#isFlushed || this.#isKeyCycled || this.#changes.size > 0;
  }

  get(name: string): Json | undefined {
    return this.#data.get(name);
  }

  has(name: string): boolean {
    return this.#data.has(name);
  }

  keys(): string[] {
    return [...this.#data.keys()];
  }

  set(name: string, value: Json): void {
    this.#assertWritable();
    this.#data.set(name, value);
    this.#changes.set(name, value);
  }

  /** Remove a value; a name that is not there is no error. */
  delete(name: string): void {
    this.#assertWritable();
    this.#data.delete(name);
    this.#changes.set(name, undefined);
  }

  /** Take a value out and give it back. */
  pop(name: string): Json | undefined {
    const value = this.get(name);
    if (this.has(name)) this.delete(name);
    return value;
  }

  /** Remove every value; key and user stay. */
  clear(): void {
    for (const name of this.keys()) this.delete(name);
  }

  /**
   * A new key for the same data; the old key is worth nothing once saved.
   * Django: SessionBase.cycle_key
   */
  cycleKey(): void {
    this.#assertWritable();
    this.#isKeyCycled = true;
  }

  /**
   * End this session: data, user, row and key. What is set afterwards begins a new one.
   * Django: SessionBase.flush
   */
  flush(): void {
    this.#assertWritable();
    this.#data.clear();
    this.#changes.clear();
    this.#isFlushed = true;
    this.userId = null;
  }

  /**
   * 0: the cookie ends with the browser. null: it is kept until SESSION_ABSOLUTE_AGE. A change
   * gives the session a new key, since only with it a new cookie is sent.
   * Django: SessionBase.set_expiry
   */
  setExpiry(value: 0 | null): void {
    this.#assertWritable();
    const untilBrowserCloses = value === 0;
    if (untilBrowserCloses !== this.#untilBrowserCloses && this.#row) this.#isKeyCycled = true;
    this.#untilBrowserCloses = untilBrowserCloses;
  }

  /** From here on changes throw: a page may read the session, an action may write it. */
  freeze(): this {
    this.#isFrozen = true;
    return this;
  }

  /**
   * Write the changes in one transaction. Returns the seal for a new cookie, `'delete'` when the
   * cookie is to go, null when it may stay as it is. Where no cookie can be set, `keepKey` lets a
   * cycled key stay. Throws SuspiciousOperation when the session was ended meanwhile, by a sign-out
   * elsewhere.
   */
  async save(
    client: SessionClient,
    { keepKey = false }: { keepKey?: boolean } = {},
  ): Promise<SessionSeal | 'delete' | null> {
    if (!this.modified) return null;
    const now = new Date();
    const write = { changes: this.#changes, userId: this.userId, client, now };
    if (this.#row && (keepKey ? !this.#isFlushed : !this.#isReplaced)) {
      this.#row = await updateSession(this.#row.id, write);
      this.#settle(this.#key);
      return null;
    }
    if (this.isEmpty) return this.#end();
    const key = this.#keyToBe();
    const gone = this.#row?.id;
    const replaced = this.#isFlushed ? { flushed: gone } : { cycled: gone };
    this.#row = await createSession(sha256Hex(key), replaced, write);
    this.#settle(key);
    return {
      key,
      userId: this.userId,
      expires: now.getTime() + settings.SESSION_ABSOLUTE_AGE * 1000,
      untilBrowserCloses: this.#untilBrowserCloses,
    };
  }

  async #end(): Promise<'delete' | null> {
    if (this.#row) await deleteSession(this.#row.id);
    const hadCookie = this.#key !== null;
    this.#row = null;
    this.#settle(null);
    return hadCookie ? 'delete' : null;
  }

  get #isReplaced(): boolean {
    return this.#isFlushed || this.#isKeyCycled;
  }

  #keyToBe(): string {
    this.#nextKey ??= getRandomString(32, KEY_ALPHABET);
    return this.#nextKey;
  }

  #settle(key: string | null): void {
    this.#key = key;
    this.#nextKey = null;
    this.#changes = new Map();
    this.#isFlushed = false;
    this.#isKeyCycled = false;
  }

  #assertWritable(): void {
    if (this.#isFrozen) {
      throw new TypeError('A page may read the session; write it in an action or route handler.');
    }
  }
}

function parseData(text: string): [string, Json][] {
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
}
