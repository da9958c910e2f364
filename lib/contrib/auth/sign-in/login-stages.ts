import { brought } from '@/lib/apps/registry';
import type { AuthRequest } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import { Registry } from '@/lib/core/registry';
import type { PendingState } from './pending-state';

/**
 * Something that is asked of a person between their first factor and being signed in: a second one,
 * a new password. `path` is the public page that asks; it and its action begin with
 * `requirePendingLogin(request, name)` and end in `passLoginStage`.
 * allauth: account/stages.py LoginStage
 */
export type LoginStage = {
  /** `verify_email`, `mfa_authenticate`, `mfa_enroll`, `must_change_password`, or one's own. */
  readonly name: string;
  readonly path: string;
  /** Asked when it is the stage's turn, with all proofs given so far. */
  isRequired(user: User, pending: PendingState): boolean | Promise<boolean>;
  /**
   * Asked when the stage is required: what the browser brings that stands in for it, as a proof is
   * called, or null. Only in an action: also the place to set a cookie that the stage's page needs.
   */
  standIn?(request: AuthRequest, user: User): Promise<string | null>;
};

// An address that is not theirs must not reach the second factor, and nobody is made to enrol before
// they have shown the one they have.
const ORDER = ['verify_email', 'mfa_authenticate', 'mfa_enroll', 'must_change_password'];

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app asks of people between their first factor and being signed in. */
    readonly loginStages?: readonly LoginStage[];
  }
}

const registry = new Registry<LoginStage>();

/** Make a stage known. For tests; an app's config lists its own. Returns what puts the former state back. */
export function registerLoginStage(stage: LoginStage): () => void {
  return registry.register(stage);
}

/**
 * All stages in the order in which they are asked: those of allauth's names in its order, then the
 * others in the order of their apps.
 * allauth: account/adapter.py get_login_stages
 */
export function loginStages(): LoginStage[] {
  const place = ({ name }: LoginStage) =>
    ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
  return registry.list(brought('loginStages')).toSorted((one, other) => place(one) - place(other));
}

/**
 * The first stage that is required and not passed yet; null when nothing more is asked. One that was
 * passed is not asked again, whatever it would say.
 */
export async function nextLoginStage(
  user: User,
  pending: PendingState,
): Promise<LoginStage | null> {
  for (const stage of loginStages()) {
    if (pending.passed.includes(stage.name)) continue;
    if (await stage.isRequired(user, pending)) return stage;
  }
  return null;
}
