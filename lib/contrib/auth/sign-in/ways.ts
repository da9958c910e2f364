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
  /** Where it begins; `next` is put behind it. Of a ceremony, where its answer is sent. */
  readonly href: string;
  /**
   * Given for a way that the browser itself has (WebAuthn): the sign-in page then has a button instead
   * of a link, and offers it at the field of the username. `options` is where what to ask for is had.
   */
  readonly ceremony?: { readonly options: string };
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

/** A way as the sign-in page draws it. */
export type OfferedWay = Pick<SignInWay, 'name' | 'label' | 'href' | 'ceremony'>;

/**
 * What the sign-in page offers, by label, whatever brought it first: the same page looks the same.
 * Each link carries `next`, found safe by `getSafeNext`, if there is one; a ceremony sends it along.
 */
export function signInWays(next = ''): OfferedWay[] {
  const offered = registry.list(brought('signInWays')).filter((way) => way.isOffered?.() ?? true);
  return offered
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'))
    .map(({ name, label, href, ceremony }) =>
      ceremony ? { name, label, href, ceremony } : { name, label, href: withNext(href, next) },
    );
}

function withNext(href: string, next: string): string {
  if (next === '') return href;
  const separator = href.includes('?') ? '&' : '?';
  return `${href}${separator}${new URLSearchParams({ next })}`;
}
