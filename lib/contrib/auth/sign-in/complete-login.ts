import {
  type AuthRequest,
  login,
  loginBackend,
  PENDING_LOGIN_KEY,
  SESSION_KEY,
} from '@/lib/contrib/auth';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { loginCompleted } from '@/lib/contrib/auth/signals';
import { landingOf } from './landing';
import { nextLoginStage } from './login-stages';
import { requirePendingLogin } from './pending-login';
import { type PendingState, pendingJson } from './pending-state';

/** How somebody came in: by which first factor, and what is to happen once they are. */
export type Way = {
  /** What they proved themselves by: `password`, `passkey`, `oidc`, `code`, … */
  readonly method: string;
  /** The backend that has recognised them; left out, the one that the user carries. */
  readonly backend?: string;
  /** Where they want to go, found safe by `getSafeNext`; null for `landingOf` them. */
  readonly next: string | null;
  /** Whether the cookie outlives the browser; left out, as the settings say. */
  readonly remember?: boolean;
};

/**
 * The end of every first factor: whoever has recognised `user` calls this and nothing else, after the
 * try was counted (`request.attempt`) and the backends were asked. Where a stage is required the
 * person stays a stranger, noted in their session under a new key, and the answer is the stage's
 * path; otherwise they are signed in by one transaction and the answer is where they want to go. The
 * caller redirects there. What `login` throws passes.
 * allauth: account/internal/flows/login.py perform_login
 * @example
 * const next = getSafeNext(request, form);
 * redirect(await completeLogin(request, user, { method: 'passkey', next }));
 */
export function completeLogin(
  request: AuthRequest,
  user: User,
  { method, backend, next, remember }: Way,
): Promise<string> {
  const at = Date.now();
  return goOn(request, user, {
    user: user.id,
    backend: loginBackend(user, backend),
    hash: user.getSessionAuthHash(),
    methods: [{ method, at }],
    at,
    next,
    remember: remember ?? null,
    attempt: request.attempt ?? null,
    stage: '',
    passed: [],
  });
}

/**
 * The end of a stage: the person has done what it asks, with `method` if that was a further proof.
 * The answer is the next stage's path, or where they want to go once they are signed in. Throws
 * LoginRequired for whoever has not come to this stage. For actions.
 * allauth: account/stages.py LoginStageController.handle
 */
export async function passLoginStage(
  request: AuthRequest,
  stage: string,
  { method }: { method?: string } = {},
): Promise<string> {
  const { user, state } = await requirePendingLogin(request, stage);
  return goOn(request, user, passedBy(state, stage, method));
}

function passedBy(state: PendingState, stage: string, method: string | undefined): PendingState {
  const proof = method === undefined ? [] : [{ method, at: Date.now() }];
  const methods = [...state.methods, ...proof];
  return { ...state, methods, passed: [...state.passed, stage] };
}

async function goOn(request: AuthRequest, user: User, state: PendingState): Promise<string> {
  const stage = await nextLoginStage(user, state);
  if (!stage) return finish(request, user, state);
  const method = await stage.standIn?.(request, user);
  if (method) return goOn(request, user, passedBy(state, stage.name, method));
  const { session } = request;
  // Whoever was signed in here is not any more: half a sign-in belongs to a stranger.
  if (session.has(SESSION_KEY)) session.flush();
  else session.cycleKey();
  request.user = new AnonymousUser();
  session.set(PENDING_LOGIN_KEY, pendingJson({ ...state, stage: stage.name }));
  return stage.path;
}

async function finish(request: AuthRequest, user: User, state: PendingState): Promise<string> {
  const { backend, methods, remember, attempt, next } = state;
  if (remember !== null) request.session.setExpiry(remember ? null : 0);
  request.attempt = attempt;
  await login(request, user, { backend, methods });
  await loginCompleted.send({ request, user });
  return next ?? landingOf(user);
}
