import type { LoginAttempt } from '@/lib/contrib/auth';
import type { Json } from '@/lib/contrib/sessions/row';
import { type AuthMethod, isAuthMethod } from './auth-methods';

/**
 * Who is on their way in, as the stranger's session keeps it: no permission, no secret. `hash` is the
 * session auth hash of the password that the first factor was checked beside; `at` is when that was,
 * in milliseconds since 1970.
 */
export type PendingState = {
  readonly user: number;
  readonly backend: string;
  readonly hash: string;
  readonly methods: readonly AuthMethod[];
  readonly at: number;
  /** Where to go in the end, already found safe; null for `landingOf` them. */
  readonly next: string | null;
  /** Whether the cookie outlives the browser; null leaves it to the settings. */
  readonly remember: boolean | null;
  /** The counted try, forgotten only when all is done. */
  readonly attempt: LoginAttempt | null;
  /** The stage whose turn it is; '' before the first. */
  readonly stage: string;
  /** Names of the stages that are behind. */
  readonly passed: readonly string[];
};

/** What of a session's value is a pending state; null for anything else. */
export function parsePendingState(value: Json | undefined): PendingState | null {
  if (!isRecord(value)) return null;
  const { user, backend, hash, methods, at, next, remember, attempt, stage, passed } = value;
  if (typeof user !== 'number' || typeof at !== 'number') return null;
  if (typeof backend !== 'string' || typeof hash !== 'string') return null;
  if (typeof stage !== 'string' || !Array.isArray(passed) || !Array.isArray(methods)) return null;
  return {
    user,
    backend,
    hash,
    methods: methods.filter(isAuthMethod),
    at,
    next: typeof next === 'string' ? next : null,
    remember: typeof remember === 'boolean' ? remember : null,
    attempt: parseAttempt(attempt),
    stage,
    passed: passed.filter((name) => typeof name === 'string'),
  };
}

/** The same as a value of a session. */
export function pendingJson({ attempt, methods, passed, ...state }: PendingState): Json {
  const keys = attempt && { ...attempt.keys, device: attempt.keys.device ?? null };
  return {
    ...state,
    methods: methods.map(({ method, at }) => ({ method, at })),
    passed: [...passed],
    attempt: attempt && keys && { tries: attempt.tries, free: attempt.free, keys },
  };
}

function parseAttempt(value: Json | undefined): LoginAttempt | null {
  if (!isRecord(value) || !isRecord(value['keys'])) return null;
  const { tries, free, keys } = value;
  const { account, network, device } = keys;
  if (typeof tries !== 'number' || typeof free !== 'number') return null;
  if (typeof account !== 'string' || typeof network !== 'string') return null;
  return {
    tries,
    free,
    keys: { account, network, device: typeof device === 'string' ? device : null },
  };
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
