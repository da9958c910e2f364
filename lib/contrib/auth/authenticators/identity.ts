import type { RequestUser } from '@/lib/contrib/auth/models';
import type { Session } from '@/lib/contrib/sessions/session';

/** What a request asks for, as the code says: a program speaks to handlers only. */
export type EntryPoint = 'page' | 'action' | 'handler';

/** What an authenticator sees of a request: its headers, and the cookies as they are by now. */
export type RequestHead = {
  readonly entryPoint: EntryPoint;
  readonly headers: Pick<Headers, 'get'>;
  /** What an action has set counts before what the browser sent. */
  readonly cookies: { get(name: string): { readonly value: string } | undefined };
};

/** Who is asking, by what they sent. */
export type Identity = {
  readonly user: RequestUser;
  readonly session: Session;
  /**
   * Whether the proof is one that a browser sends by itself, as it does cookies: then what another
   * site made it send is refused, and a changed session is told by a cookie. A token that a program
   * puts into a header is none.
   */
  readonly usesCookies: boolean;
  /** What tells the token that it was from others and is no secret: the first characters of it. */
  readonly token?: string;
};
