import { brought } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/models';
import { Registry } from '@/lib/core/registry';
import type { FormState } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

/** The field in which a proof is given with a form; plain data, as a component draws it. */
export type ConfirmationField = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'password' | 'code' | 'passkey';
  /** Of a passkey: where the browser is told what to ask for, by a POST that names the purpose. */
  readonly options?: string;
  /** Where it is given on a page of its own, for a form that is drawn without scripts. */
  readonly page?: string;
};

/**
 * A way to show once more who one is, in the middle of a session: one's password, a code. What it
 * needs is a field of the form that is to be confirmed.
 * allauth: account/internal/flows/reauthentication.py
 */
export type Confirmation = {
  /** What the session keeps of it, as an AuthMethod: `password`, `totp`, … */
  readonly name: string;
  readonly field: ConfirmationField;
  /** What a form says that came without it: "Enter your own password to do this." */
  readonly request: string;
  /** Whether this person can give it. */
  isAvailable(user: User): boolean | Promise<boolean>;
  /**
   * Null if the form proves it, or what the session keeps of it where that is not its name; else the
   * form with what is wrong, all else kept. Counts its tries.
   */
  confirm(request: HttpRequest<User>, form: FormData): Promise<FormState | string | null>;
  /** What is asked for in the place of others, which are not enough for whoever can give this. */
  readonly instead?: {
    /** The names of the others. */
    readonly of: readonly string[];
    /** The proofs that only it gives; in a session with one of them no other proof is a fresh one. */
    proofs(): readonly string[];
    /** What let somebody in without such a proof: it is none, and no other is enough. */
    readonly standIns: readonly string[];
  };
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ways to show once more who one is, in the middle of a session. */
    readonly confirmations?: readonly Confirmation[];
  }
}

const registry = new Registry<Confirmation>();

/** Make a kind known. For tests; an app's config lists its own. Returns what puts the former state back. */
export function registerConfirmation(confirmation: Confirmation): () => void {
  return registry.register(confirmation);
}

/** Every kind that the installed apps bring, in their order: auth's, the password, is the first. */
export function confirmations(): Confirmation[] {
  return registry.list(brought('confirmations'));
}

/**
 * The kinds that this person can give, without those in whose place another of theirs is asked for;
 * none for somebody who signs in elsewhere.
 */
export async function confirmationsOf(user: User): Promise<Confirmation[]> {
  const kinds = confirmations();
  const available = await Promise.all(kinds.map((kind) => kind.isAvailable(user)));
  const given = kinds.filter((_kind, i) => available[i]);
  const superseded = new Set(given.flatMap(({ instead }) => instead?.of ?? []));
  return given.filter(({ name }) => !superseded.has(name));
}
