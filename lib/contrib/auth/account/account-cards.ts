import { brought } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/models';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/** Something that an app offers a person once, on their dashboard: what it is, and where it is had. */
export type AccountCard = {
  /** Lower-case letters and underscores; part of a cookie's name. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly link: { readonly href: string; readonly label: string };
  /** Whether it is nothing to a browser without scripts, which is then not shown it. */
  readonly needsScript?: boolean;
  /** Whether it is offered to whoever makes this request. It asks the database for nothing. */
  isOffered(request: HttpRequest<User>): boolean;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app offers people once, on their dashboard. */
    readonly accountCards?: readonly AccountCard[];
  }
}

/** Seconds for which "Not now" counts, in this browser: 90 days. */
const NOT_NOW_AGE = 7_776_000;

/** A card as a page draws it. */
export type ShownCard = Omit<AccountCard, 'isOffered'>;

/** What is offered to whoever makes this request and has not said "Not now" in this browser. */
export function accountCards(request: HttpRequest<User>): ShownCard[] {
  return brought('accountCards')
    .filter((card) => !hasSaidNotNow(request, card.name) && card.isOffered(request))
    .map(({ isOffered: _asked, ...card }) => card);
}

/** The card of a name from outside; null when no installed app has one. */
export function findAccountCard(name: unknown): AccountCard | null {
  return brought('accountCards').find((card) => card.name === name) ?? null;
}

/**
 * Offer this no more in this browser, for 90 days: somebody has said "Not now", or has it by now. For
 * actions and handlers.
 */
export async function dismissCard({ headers }: HttpRequest, name: string): Promise<void> {
  const secure = cookiesAreSecure(headers);
  const options = {
    path: '/',
    httpOnly: true,
    secure,
    sameSite: 'lax',
    maxAge: NOT_NOW_AGE,
  } as const;
  (await currentSource().cookies()).set(cookieOf(name, secure), '1', options);
}

function hasSaidNotNow({ headers }: HttpRequest, name: string): boolean {
  return readCookies(headers, cookieOf(name, cookiesAreSecure(headers))).length > 0;
}

function cookieOf(name: string, secure: boolean): string {
  return cookieName(`gatehouse_not_now_${name}`, secure);
}
