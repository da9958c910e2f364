import type { CookieOptions } from '@/lib/core/request-headers';

/** The request line and what no header of the application says, as they came in. */
export type Incoming = {
  method: string;
  /** Path and query before Next.js rewrites them. */
  url: string;
  /** Whom a trusted proxy names: '' for nobody, null when it says nothing. */
  remoteUser: string | null;
  /** A header by its lower-case name, also one that Next.js keeps to itself. */
  header(name: string): string | undefined;
};

/** What an action and the page that is rendered in the same response tell each other. */
export type Notes = {
  /** What an action raised: the page that is rendered in the same response answers with it. */
  raised?: unknown;
  /** With what the front door has refused the request: whatever is asked for answers with it. */
  refused?: 404 | 405 | 413;
  /** Whether a guard has been asked: what fails before that was never a request that one knows. */
  isGuarded?: boolean;
  /** Who asks, for the log: set once somebody who is signed in is known. */
  userId?: number;
  /** What an action wants shown in the page that is rendered in the same response; by its name. */
  answers?: Map<string, unknown>;
};

/** The cookies of the request, with those that this answer sets over them. */
export type CookieStore = {
  get(name: string): { value: string } | undefined;
  set(name: string, value: string, options: CookieOptions): unknown;
};

/**
 * All that a guard and what stands behind it ask of the framework around them: the request, and the
 * answer as far as it is not what a view returns. Next.js is one such source (`next-source.ts`); a
 * test gives another to `withRequestSource` and needs no server.
 */
export type RequestSource = {
  headers(): Promise<Pick<Headers, 'get'>>;
  /** Set only while an action or a route handler runs. */
  cookies(): Promise<CookieStore>;
  /** Null on a host where the request hook cannot be installed. */
  incoming(): Incoming | null;
  /** Null where `incoming` is. */
  notes(): Notes | null;
  /**
   * Set the status of the answer, and with `retryAfter` (seconds) its Retry-After; the page stays
   * whole. Once the head of the answer has left nothing changes. False where there is no `incoming`.
   */
  setStatus(status: number, retryAfter?: number): boolean;
  /** Set a header of the answer, or add one beside those of its name. Nothing once its head has left. */
  setHeader(name: string, value: string): void;
  appendHeader(name: string, value: string): void;
  /** End the view, and lead elsewhere: 307 from a page, 303 from an action. */
  redirect(location: string): never;
  /** End the view with an answer of the framework's own, where no status can be set. */
  forbidden(): never;
  notFound(): never;
  /** Have the page behind an action rendered anew. */
  refresh(): void;
  /** Do something once the request is answered. */
  after(task: () => unknown): void;
  /** Throw on what is no error but the framework's way to end a view; return for anything else. */
  rethrow(error: unknown): void;
  /** Whether what a view threw leads elsewhere, which is a success. */
  isRedirect(error: unknown): boolean;
};
