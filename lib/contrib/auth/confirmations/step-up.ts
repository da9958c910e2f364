import { settings } from '@/lib/conf/settings';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import type { User } from '@/lib/contrib/auth/models';
import { authMethods, recordAuthMethod } from '@/lib/contrib/auth/sign-in/auth-methods';
import { type FormState, refusedField } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { type ConfirmationField, confirmations, confirmationsOf } from './confirmation';
import { passwordConfirmation } from './password';

/** As much of a request as tells how fresh a sign-in is. */
type Asker = Pick<HttpRequest<User>, 'session' | 'isWithoutCookies'> & {
  readonly user?: Pick<User, 'impersonator'>;
};

/**
 * Whether the person has shown who they are within settings.STEP_UP_AGE: by the newest of the proofs
 * that their session rests on. A new row under a new key, as a rotated secret makes it, is no proof;
 * and whoever asks by a token, or acts as somebody, has shown nothing of that person.
 * OWASP ASVS 5.0 7.5.3
 */
export function isSignInFresh(
  { session, user, isWithoutCookies }: Asker,
  now = Date.now(),
): boolean {
  if (isWithoutCookies || user?.impersonator) return false;
  const age = settings.STEP_UP_AGE;
  return age === null || now - lastCounting(session) < age * 1000;
}

// Who has a second factor is asked for it: neither the password alone nor a trusted browser is fresh.
function lastCounting(session: HttpRequest<User>['session']): number {
  const given = authMethods(session);
  const stronger = confirmations().flatMap(({ instead }) => instead ?? []);
  const proofs = stronger.flatMap((kind) => kind.proofs());
  const marks = [...proofs, ...stronger.flatMap(({ standIns }) => standIns)];
  const isStrong = given.some(({ method }) => marks.includes(method));
  const counting = isStrong ? given.filter(({ method }) => proofs.includes(method)) : given;
  return Math.max(0, ...counting.map(({ at }) => at));
}

/**
 * The fields in which this person can show once more who they are, one of which is enough. Somebody
 * who has none is given that of the password, which then says what to do instead.
 */
export async function stepUpFields(user: User): Promise<ConfirmationField[]> {
  const kinds = await confirmationsOf(user);
  return kinds.length > 0 ? kinds.map(({ field }) => field) : [passwordConfirmation.field];
}

/** Whether a form carries any of those fields: somebody has been asked and sends their answer. */
export function carriesConfirmation(form: FormData): boolean {
  return confirmations().some(({ field }) => form.has(field.name));
}

/** Whether somebody has filled in one of them. */
export function isProofGiven(form: FormData): boolean {
  return confirmations().some(({ field }) => isFilled(form.get(field.name)));
}

/** What `confirmIdentity` said against the proof, for a form that shows only that. */
export function confirmationError({ fieldErrors, formErrors }: FormState): string | undefined {
  const [own] = confirmations().flatMap(({ field }) => fieldErrors[field.name] ?? []);
  return own ?? formErrors[0];
}

/**
 * Check the proof that somebody gives again with a form, whichever of theirs it is. Null if it is
 * right, which then counts for settings.STEP_UP_AGE and gives the session a new key, so that what has
 * been granted rests on no cookie that somebody may have copied before; otherwise the form with what
 * is wrong, all else kept. For actions.
 * Throws PermissionDenied for whoever acts as somebody else.
 * OWASP ASVS 5.0 7.2.4
 */
export async function confirmIdentity(
  request: HttpRequest<User>,
  form: FormData,
): Promise<FormState | null> {
  refuseImpersonation(request);
  const kinds = await confirmationsOf(request.user);
  const [first] = kinds;
  if (!first) {
    const message = 'You have no password here: sign in again to go on.';
    return refusedField(form, passwordConfirmation.field.name, message);
  }
  const given = kinds.find(({ field }) => isFilled(form.get(field.name)));
  if (!given) {
    const message = `You signed in a while ago. ${first.request}`;
    return refusedField(form, first.field.name, message);
  }
  const answer = await given.confirm(request, form);
  if (answer !== null && typeof answer !== 'string') return answer;
  request.session.cycleKey();
  recordAuthMethod(request.session, { method: answer ?? given.name, at: Date.now() });
  return null;
}

function isFilled(value: FormDataEntryValue | null): boolean {
  return typeof value === 'string' && value !== '';
}
