'use server';

import { redirect } from 'next/navigation';
import { tokenAnswer } from '@/app/(tokens)/accounts/tokens/add/answer';
import { permissionRequired } from '@/app/(tokens)/guards';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { createToken } from '@/lib/extras/tokens/create-token';
import { endOwnToken } from '@/lib/extras/tokens/end-own-token';
import { TokenForm, tickedPermissions } from '@/lib/extras/tokens/forms';
import { tellOwners } from '@/lib/extras/tokens/mails/tell-owners';
import { startOf } from '@/lib/extras/tokens/token-text';
import { emptyFormState, type FormState, parseForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const addTokenAction = permissionRequired('tokens.add_token').action(
  async (request: HttpRequest<User>, form: FormData) => {
    const { user } = request;
    const permissions = tickedPermissions(form);
    const parsed = parseForm(TokenForm, form);
    if (!parsed.ok) return shownAgain(parsed.state, permissions);
    if (!isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return shownAgain(refused, permissions);
    }
    const { is_full: isFull, ...fields } = parsed.data;
    const draft = { ...fields, permissions, isFull };
    const saved = await saveForm(form, () => createToken(user, draft, { actor: user, request }));
    if (!saved.ok) return shownAgain(saved.state, permissions);
    const text = saved.data;
    const origin = siteOrigin(request);
    const made = { userId: user.id, start: startOf(text), ...fields };
    after(() => tellOwners([made], 'made', origin));
    tokenAnswer.give({ text, name: fields.name });
    return emptyFormState;
  },
);

export const endTokenAction = permissionRequired('tokens.add_token').action(
  async (request: HttpRequest<User>, form: FormData) => {
    const ended = await endOwnToken(request, form.get('id'));
    if (!ended) throw new Http404();
    const origin = siteOrigin(request);
    after(() => tellOwners([ended], 'ended', origin));
    success(request, `“${ended.name}” is ended.`);
    redirect('/accounts/tokens/');
  },
);

// A form's state holds one value for each name; these are several.
function shownAgain(state: FormState, permissions: readonly string[]): FormState {
  return { ...state, values: { ...state.values, permissions: permissions.join(' ') } };
}
