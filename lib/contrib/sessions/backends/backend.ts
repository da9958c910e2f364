import type { Json, SessionClient, SessionRow } from '@/lib/contrib/sessions/row';
import type { DbClient, TransactionClient } from '@/lib/db/client';

/** Changed values by name; undefined removes the name. */
export type Changes = ReadonlyMap<string, Json | undefined>;

/** What is written of a session. */
export type Write = {
  readonly changes: Changes;
  readonly userId: number | null;
  readonly client: SessionClient;
  readonly now: Date;
  readonly untilBrowserCloses: boolean;
};

/** The row that another replaces; if it `isKept`, its values go on there. */
export type Replaced = { readonly id: number; readonly isKept: boolean };

/** The row that was made, and the hash of the key of the one whose values go on in it, if one's do. */
export type Created = { readonly row: SessionRow; readonly formerHash: string | null };

/**
 * Where sessions are kept; `store.ts` says what each is asked for.
 * Django: contrib/sessions/backends/base.py SessionBase
 */
export type SessionBackend = {
  create(
    tx: TransactionClient,
    key: string,
    replaced: Replaced | null,
    write: Write,
  ): Promise<Created>;
  update(tx: TransactionClient, id: number, write: Write): Promise<SessionRow>;
  end(tx: DbClient, ids: readonly number[]): Promise<number>;
  touch(
    tx: TransactionClient,
    id: number,
    seen: { readonly now: Date; readonly before: Date; readonly expiry: unknown },
  ): Promise<unknown>;
  clearExpired(now: Date): Promise<number>;
};

export const MAX_USER_AGENT = 255;
