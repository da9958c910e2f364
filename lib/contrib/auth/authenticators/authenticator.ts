import { brought } from '@/lib/apps/registry';
import { Registry } from '@/lib/core/registry';
import type { Identity, RequestHead } from './identity';
import { sessionCookie } from './session-cookie';

/**
 * A way to tell who makes a request. Null says that the request carries no proof of this kind; one
 * that it carries and that is wrong is raised, never passed on to the next: a bad token beside a good
 * cookie is no sign-in.
 */
export type Authenticator = {
  readonly name: string;
  /** How a stranger is asked for the proof, as WWW-Authenticate says it: `Bearer realm="gatehouse"`. */
  readonly challenge?: string;
  authenticate(head: RequestHead): Promise<Identity | null>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ways to tell who makes a request, asked before the session cookie. */
    readonly authenticators?: readonly Authenticator[];
  }
}

const registry = new Registry<Authenticator>();

/** Make one known. For tests; an app's config lists its own. Returns what puts the former state back. */
export function registerAuthenticator(authenticator: Authenticator): () => void {
  return registry.register(authenticator);
}

/**
 * How programs are asked who they are: the value of WWW-Authenticate, '' where no authenticator takes
 * a proof of theirs.
 * Django REST framework: views.py get_authenticate_header
 */
export function authenticateHeader(): string {
  const all = registry.list(brought('authenticators'));
  return all.flatMap((each) => each.challenge ?? []).join(', ');
}

/**
 * Who is asking, by the first authenticator that has an answer. What somebody put into the request on
 * purpose counts before the cookie that a browser adds: the session cookie is asked last, and always
 * has an answer, be it a stranger. Throws what an authenticator throws.
 */
export async function identify(head: RequestHead): Promise<Identity> {
  for (const authenticator of registry.list(brought('authenticators'))) {
    const identity = await authenticator.authenticate(head);
    if (identity) return identity;
  }
  return sessionCookie.authenticate(head);
}
