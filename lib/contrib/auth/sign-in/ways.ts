import { brought } from '@/lib/apps/registry';
import { Registry } from '@/lib/core/registry';

/**
 * A further way to sign in than name and password, which the sign-in page offers below its form: a
 * link to the public page where it begins.
 */
export type SignInWay = {
  readonly name: string;
  /** What the link says: "Sign in with a passkey". */
  readonly label: string;
  /** Where it begins; `next` is put behind it. */
  readonly href: string;
  /** Whether it is offered now; left out, always. */
  isOffered?(): boolean;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ways to sign in that the sign-in page offers below its form. */
    readonly signInWays?: readonly SignInWay[];
  }
}

const registry = new Registry<SignInWay>();

/** Make a way known. For tests; an app's config lists its own. Returns what puts the former state back. */
export function registerSignInWay(way: SignInWay): () => void {
  return registry.register(way);
}

/**
 * What the sign-in page offers, by label, whatever brought it first: the same page looks the same.
 * Each link carries `next`, found safe by `getSafeNext`, if there is one.
 */
export function signInWays(next = ''): { name: string; label: string; href: string }[] {
  const offered = registry.list(brought('signInWays')).filter((way) => way.isOffered?.() ?? true);
  return offered
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'))
    .map(({ name, label, href }) => ({ name, label, href: withNext(href, next) }));
}

function withNext(href: string, next: string): string {
  if (next === '') return href;
  const separator = href.includes('?') ? '&' : '?';
  return `${href}${separator}${new URLSearchParams({ next })}`;
}
