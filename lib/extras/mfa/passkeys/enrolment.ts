import { z } from 'zod';
import type { User } from '@/lib/contrib/auth/models';
import { mayAddFactor } from '@/lib/extras/mfa/enrolment/may-add-factor';
import { changeFactors, keepProof } from '@/lib/extras/mfa/factors/factor-changes';
import { takeTicket } from '@/lib/extras/mfa/reset/tickets';
import { withoutProofs } from '@/lib/extras/mfa/tries';
import { nameField } from '@/lib/forms/fields';
import { type FormState, parseForm, refusedField, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { openChallenge, takeChallenge } from './challenge';
import { clientDataOf, parseAttestation } from './credential';
import { addPasskey, NAME_LENGTH } from './passkeys';
import { type NewCredential, verifyAttestation } from './verify-attestation';

/** What people call a passkey of theirs. */
export const PasskeyNameForm = z.object({
  name: nameField({
    max: NAME_LENGTH,
    required: 'Give it a name that tells you where it is kept.',
  }),
});

const NOT_MADE = 'No passkey was made. Try again.';

/**
 * Make what the browser answers in the field `credential` a passkey of this person, under the form's
 * `name`. Null when that is done, else the form with what is wrong. Whoever is signed in has shown
 * lately who they are: else their browser would have no challenge for it. Who has to give a ticket
 * gives it in the field `ticket`. For actions.
 * WebAuthn L3 7.1; OWASP ASVS 5.0 6.4.4; allauth: mfa/webauthn/internal/flows.py add_authenticator
 */
export async function confirmPasskey(
  request: HttpRequest,
  user: User,
  form: FormData,
): Promise<FormState | null> {
  const parsed = parseForm(PasskeyNameForm, form);
  if (!parsed.ok) return withoutProofs(parsed.state);
  const made = await madeFor(request, user, String(form.get('credential') ?? ''));
  if (!made) return refuse(form, 'credential', NOT_MADE);
  const ticket = await takeTicket(request, user, form);
  if (typeof ticket === 'string') return refuse(form, 'ticket', ticket);
  const { name } = parsed.data;
  const change = {
    name: 'authn_token_created',
    kind: 'webauthn',
    what: `A passkey (${name}) was added`,
  } as const;
  const saved = await saveForm(form, () =>
    changeFactors(request, user, change, async (tx) => {
      if (!(await mayAddFactor(request, user, tx)) || !(await ticket.use(tx))) return null;
      if (!(await takeChallenge(made.challenge, tx))) return null;
      return addPasskey(tx, user.id, { ...made.credential, name });
    }),
  );
  if (!saved.ok) return withoutProofs(saved.state);
  if (!saved.data) return refuse(form, 'credential', NOT_MADE);
  keepProof(request, 'passkey');
  return null;
}

async function madeFor({ headers }: HttpRequest, user: User, text: string) {
  const answer = parseAttestation(text);
  const said = answer && clientDataOf(answer);
  if (!answer || !said || said.crossOrigin === true) return null;
  const meant = { purpose: 'create', user: user.id } as const;
  const challenge = await openChallenge(headers, meant, said.challenge);
  const credential: NewCredential | null =
    challenge && (await verifyAttestation(answer, challenge, headers));
  return challenge && credential && { challenge, credential };
}

function refuse(form: FormData, field: string, message: string): FormState {
  return withoutProofs(refusedField(form, field, message));
}
