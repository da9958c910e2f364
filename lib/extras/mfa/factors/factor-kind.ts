import type { AuthRequest } from '@/lib/contrib/auth';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';
import type { DbClient, Prisma, TransactionClient } from '@/lib/db/client';

/** One factor that somebody has, as they and the people who run the site may see it: no secret. */
export type Factor = {
  readonly id: number;
  /** What tells it from others of its kind. */
  readonly label: string;
  readonly created: Date;
  readonly lastUsed: Date | null;
  /** Something to know about it: "may be copied". */
  readonly note?: string;
};

/** What the list of one's own factors says of a kind, and where each thing is done. */
export type FactorSummary = {
  readonly text: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
};

/** A proof that a form gives: `value` is what its field holds, never blank. */
export type GivenProof = {
  readonly user: User;
  readonly value: string;
  readonly request: AuthRequest;
  /** Substitutes the clock. */
  readonly now?: Date;
};

/**
 * A kind of second factor: how it is asked for, looked at, shown and removed. `factors/kinds.ts`
 * lists them; pages, stages and the admin know no other way to one.
 * allauth: mfa/models.py Authenticator, mfa/adapter.py
 */
export type FactorKind = {
  /** As settings.MFA_SUPPORTED_TYPES lists it. */
  readonly name: 'totp' | 'recovery_codes' | 'webauthn';
  readonly label: string;
  /** The proof that a session keeps of it: `totp`, `recovery_code`, `passkey`. */
  readonly method: string;
  /** Whether it makes a second factor by itself. Recovery codes only stand in for another. */
  readonly standsAlone: boolean;
  /** The field in which it is given, at sign-in and in a confirmation; kinds may share one. */
  readonly field: ConfirmationField;
  /** Whether the person with this id has one that can be given, as SQL. */
  exists(userId: Prisma.Sql): Prisma.Sql;
  /** Those that this person has, the oldest first. */
  factorsOf(userId: number, client?: DbClient): Promise<Factor[]>;
  /** Whether the proof is right, and used up. Tries are the caller's to count. */
  accept(proof: GivenProof): Promise<boolean>;
  /** Remove the one with this id, or all. Returns how many. */
  remove(tx: TransactionClient, userId: number, id?: number): Promise<number>;
  summary(factors: readonly Factor[]): FactorSummary;
};
