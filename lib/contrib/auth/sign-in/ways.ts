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
  /**
   * Given for a way that begins elsewhere: the sign-in page has a button that posts `next` to `href`, so
   * that nobody is signed in by a link that they are made to follow.
   */
  readonly isPosted?: true;
  /** Given for a way that begins an account: it stands last, as a line of text below all that lead in. */
  readonly isForNewcomers?: true;
  /** Whether it is offered now; left out, always. */
  isOffered?(): boolean;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ways to sign in that the sign-in page offers below its form; a function for those of a setting. */
    readonly signInWays?: readonly (SignInWay | (() => readonly SignInWay[]))[];
  }
}

const registry = new Registry<SignInWay>();

/** Make a way known. For tests; an app's config lists its own. Returns what puts the former state back. */
export function registerSignInWay(way: SignInWay): () => void {
  return registry.register(way);
}

/** A way as the sign-in page draws it. */
export type OfferedWay = Pick<
  SignInWay,
  'name' | 'label' | 'href' | 'ceremony' | 'isPosted' | 'isForNewcomers'
>;

/**
 * What the sign-in page offers, by label, whatever brought it first: the same page looks the same. What
 * begins an account comes behind what leads into one.
 * Each link carries `next`, found safe by `getSafeNext`, if there is one; a ceremony and what is posted
 * send it along.
 */
export function signInWays(next = ''): OfferedWay[] {
  const listed = brought('signInWays').flatMap((way) => (typeof way === 'function' ? way() : way));
  return registry
    .list(listed)
    .filter((way) => way.isOffered?.() ?? true)
    .toSorted(
      (one, other) =>
        Number(one.isForNewcomers ?? false) - Number(other.isForNewcomers ?? false) ||
        one.label.localeCompare(other.label, 'en'),
    )
    .map(({ name, label, href, ceremony, isPosted, isForNewcomers }) => {
      if (ceremony) return { name, label, href, ceremony };
      if (isPosted) return { name, label, href, isPosted };
      const link = { name, label, href: withNext(href, next) };
      return isForNewcomers ? { ...link, isForNewcomers } : link;
    });
}

function withNext(href: string, next: string): string {
  if (next === '') return href;
  const separator = href.includes('?') ? '&' : '?';
  return `${href}${separator}${new URLSearchParams({ next })}`;
}
