'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(account)/guards';
import { requireFreshSignIn } from '@/app/(account)/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { type Deleted, deleteOwnAccount } from '@/lib/extras/account/deletion/own-deletion';
import { undoDeletionToken } from '@/lib/extras/account/deletion/undo-deletion';
import { accountDeletedMail, deletionAskedMail } from '@/lib/extras/account/mails/account-mails';
import { type Letter, sendLetter } from '@/lib/extras/account/mails/send';
import { requireOpen } from '@/lib/extras/account/open';
import { refusedField, refusedForm } from '@/lib/forms/forms';
import { clearSiteData } from '@/lib/http/clear-site-data';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const deleteAccountAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    requireOpen('ACCOUNT_DELETION_ENABLED');
    requireFreshSignIn(request, '/accounts/delete/');
    const origin = siteOrigin(request);
    const { user } = request;
    if (form.get('username') !== user.getUsername()) {
      return refusedField(form, 'username', 'This is not your username.');
    }
    const done = await deleteOwnAccount(request);
    if (done.kind === 'refused') return refusedForm(form, ...done.reasons);
    const letter = letterOf(user, done, origin);
    after(() => sendLetter(user.email, letter));
    request.session.flush();
    clearSiteData(request);
    success(request, WORDS[done.kind]);
    redirect('/');
  },
);

const WORDS = {
  deleted: 'Your account is deleted.',
  closed: 'Your account is closed, and you are signed out. The mail on its way to you can undo it.',
};

function letterOf(user: User, done: Exclude<Deleted, { kind: 'refused' }>, origin: string): Letter {
  const happened = { username: user.username, when: new Date(), origin };
  if (done.kind === 'deleted') return accountDeletedMail(happened);
  const token = undoDeletionToken.make({ user: user.id, requested: done.requested.getTime() });
  const link = `${origin}/accounts/delete/undo/${token}/`;
  return deletionAskedMail(happened, { link, due: done.due });
}
