import { settings } from '@/lib/conf/settings';
import { getRandomString, sha256Hex } from '@/lib/core/crypto';
import { type TransactionClient, transaction } from '@/lib/db/client';
import type { SessionSeal } from './cookie';
import type { Json, SessionClient, SessionRow } from './row';
import { createSession, deleteSession, updateSession } from './store';

const KEY_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * How a session stands to its row: it has none, has one, has one whose values are to go on under
 * another key, or has been ended, its row with it.
 */
type State = 'new' | 'loaded' | 'cycled' | 'flushed';

/** What a browser is to be told: a new cookie, that its cookie is to go, or nothing. */
type News = SessionSeal | 'delete' | null;

/** All of a session that writing it changes, to be put back where the writing is undone. */
type Memory = {
  row: SessionRow | null;
  key: string | null;
  state: State;
  changes: Map<string, Json | undefined>;
  news: News;
};

type SaveOptions = {
  /** Where no cookie can be set: a cycled key stays. */
  keepKey?: boolean;
  /** What is written in the same transaction, once the session has its row and key. */
  along?: (tx: TransactionClient) => Promise<void>;
};

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
  #state: State;
  #data: Map<string, Json>;
  #changes = new Map<string, Json | undefined>();
  #news: News = null;
  #isFrozen = false;
  #untilBrowserCloses: boolean;

  /** The user's id, kept in a column of its own beside the data; `login()` sets it. */
  userId: number | null;

  constructor(stored?: { row: SessionRow; seal?: SessionSeal }) {
    this.#row = stored?.row ?? null;
    this.#key = stored?.seal?.key ?? null;
    this.#state = stored ? 'loaded' : 'new';
    this.#data = new Map(stored ? parseData(stored.row.sessionData) : []);
    this.#untilBrowserCloses =
      stored?.row.untilBrowserCloses ??
      stored?.seal?.untilBrowserCloses ??
      settings.SESSION_EXPIRE_AT_BROWSER_CLOSE;
    this.userId = stored?.row.userId ?? null;
  }

  /** The row's id, or null while there is no row. */
  get id(): number | null {
    return this.#row?.id ?? null;
  }

  /**
   * Hex SHA-256 of the key under which the row is found, fit for a log; null while there is no row.
   * A key that was cycled counts until the other one is written.
   */
  get keyHash(): string | null {
    return this.#row && this.#key && sha256Hex(this.#key);
  }

  /** When the row was last marked as seen; null while there is no row. */
  get lastSeen(): Date | null {
    return this.#row?.lastSeen ?? null;
  }

  /** When the row was made, which a new key does; null while there is no row. */
  get created(): Date | null {
    return this.#row?.created ?? null;
  }

  get isEmpty(): boolean {
    return this.#data.size === 0;
  }

  /** Whether `save()` has anything to write. */
  get modified(): boolean {
    return this.#state === 'cycled' || this.#state === 'flushed' || this.#changes.size > 0;
  }

  /** Whether something was written of which the browser is still to be told by a cookie. */
  get hasNews(): boolean {
    return this.#news !== null;
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
    if (this.#state === 'loaded') this.#state = 'cycled';
  }

  /**
   * End this session: data, user, row and key. What is set afterwards begins a new one.
   * Django: SessionBase.flush
   */
  flush(): void {
    this.#assertWritable();
    this.#data.clear();
    this.#changes.clear();
    if (this.#state !== 'new') this.#state = 'flushed';
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
    if (untilBrowserCloses !== this.#untilBrowserCloses) this.cycleKey();
    this.#untilBrowserCloses = untilBrowserCloses;
  }

  /** From here on changes throw: a page may read the session, an action may write it. */
  freeze(): this {
    this.#isFrozen = true;
    return this;
  }

  /**
   * Write the changes in one transaction, with what `along` writes. Returns the seal for a new
   * cookie, `'delete'` when the cookie is to go, null when it may stay as it is; what an earlier
   * `write` changed is told as well. Throws SuspiciousOperation when the session was ended meanwhile,
   * by a sign-out elsewhere.
   */
  async save(client: SessionClient, options: SaveOptions = {}): Promise<News> {
    await this.write(client, options);
    return this.news();
  }

  /** What the browser is to be told of all that was written; asked again, nothing. */
  news(): News {
    const news = this.#news;
    this.#news = null;
    return news;
  }

  /**
   * As `save`, and what the browser is to be told waits for `news`. What is undone in the database, because the
   * transaction fails or is run again, is undone here.
   */
  async write(client: SessionClient, { keepKey = false, along }: SaveOptions = {}): Promise<void> {
    if (!this.modified && !along) return;
    const before = this.#memory();
    try {
      await transaction(async (tx) => {
        this.#recall(before);
        await this.#writeRow(tx, client, keepKey);
        await along?.(tx);
      });
    } catch (error) {
      this.#recall(before);
      throw error;
    }
  }

  async #writeRow(tx: TransactionClient, client: SessionClient, keepKey: boolean): Promise<void> {
    if (!this.modified) return;
    const now = new Date();
    const untilBrowserCloses = this.#untilBrowserCloses;
    const write = { changes: this.#changes, userId: this.userId, client, now, untilBrowserCloses };
    const row = this.#row;
    if (row && (this.#state === 'loaded' || (keepKey && this.#state === 'cycled'))) {
      return this.#settle(await updateSession(tx, row.id, write), this.#key);
    }
    if (this.isEmpty) return this.#end(tx);
    const key = getRandomString(32, KEY_ALPHABET);
    const replaced = row && { id: row.id, isKept: this.#state === 'cycled' };
    this.#settle(await createSession(tx, key, replaced, write), key);
    this.#news = {
      key,
      userId: this.userId,
      expires: now.getTime() + settings.SESSION_ABSOLUTE_AGE * 1000,
      untilBrowserCloses,
    };
  }

  async #end(tx: TransactionClient): Promise<void> {
    if (this.#row) await deleteSession(tx, this.#row.id);
    this.#news = this.#key === null ? null : 'delete';
    this.#settle(null, null);
  }

  #settle(row: SessionRow | null, key: string | null): void {
    this.#row = row;
    this.#key = key;
    this.#state = row ? 'loaded' : 'new';
    this.#changes = new Map();
  }

  #memory(): Memory {
    return {
      row: this.#row,
      key: this.#key,
      state: this.#state,
      changes: new Map(this.#changes),
      news: this.#news,
    };
  }

  #recall({ row, key, state, changes, news }: Memory): void {
    this.#row = row;
    this.#key = key;
    this.#state = state;
    this.#changes = new Map(changes);
    this.#news = news;
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
