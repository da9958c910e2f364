import { randomUUID } from 'node:crypto';
import { settings } from '@/lib/conf/settings';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { TooManyRequests } from '@/lib/core/exceptions';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { judgeGroups } from '@/lib/extras/account/invitations/giving-groups';
import { expiryFrom, sendInvitation, statusOf } from '@/lib/extras/account/invitations/invitations';
import { hashOfToken } from '@/lib/extras/account/invitations/tokens';
import { notYoursInGroups } from '@/lib/extras/grant-rules/words';
import { idsIn, textField } from '@/lib/forms/fields';
import { invitationActions } from './invitation-actions';

const WORDS = {
  pending: 'Waiting',
  accepted: 'Accepted',
  revoked: 'Taken back',
  expired: 'Over',
} as const;

/**
 * Invitations: to add one sends it. Whoever invites gives no group that grants what they do not hold;
 * what is sent is not changed any more, but sent anew or taken back.
 * django-invitations: admin.py InvitationAdmin
 */
export const invitationAdmin = defineAdmin('account.invitation', {
  rail: { section: 'People', order: 10 },
  str: ({ email }) => `Invitation of ${email}`,
  listDisplay: [
    'email',
    { name: 'status', label: 'Status', value: (row) => WORDS[statusOf(row)] },
    'inviterUsername',
    'created',
    'expires',
  ],
  listFilter: ['created', 'expires'],
  searchFields: ['email', 'inviterUsername'],
  ordering: ['-created'],
  actions: invitationActions,
  filterHorizontal: ['groups'],
  readonlyFields: ['inviterUsername', 'created', 'expires', 'accepted', 'revoked'],
  fieldsets: [
    { title: null, fields: ['email', 'note', 'groups'] },
    {
      title: 'What became of it',
      fields: ['inviterUsername', 'created', 'expires', 'accepted', 'revoked'],
    },
  ],
  formFields: {
    email: PasswordResetForm.shape.email.transform(foldAddress),
    note: textField({ max: 500 }),
  },
  hasAddPermission: () => settings.INVITATIONS_ENABLED,
  hasChangePermission: () => false,
  isGrant: ({ before, values }) => before === null && idsIn(values['groups']).length > 0,
  async clean(tx, { request, values }) {
    const { refused } = await judgeGroups(tx, request.user, idsIn(values['groups']));
    const errors: FieldErrors = {};
    if (refused.length > 0) errors['groups'] = [notYoursInGroups(refused)];
    return errors;
  },
  saveModel({ request: { user } }) {
    const created = new Date();
    return {
      // The link is made when the mail is; until then nothing opens it.
      tokenHash: hashOfToken(randomUUID()),
      inviterId: user.id,
      inviterUsername: user.getUsername(),
      created,
      expires: expiryFrom(created),
    };
  },
  async saved(tx, { request, values, id }) {
    const email = String(values['email']);
    const keys = { account: email, network: request.ipAddress };
    const attempt = await reserveAttempt('invitation', keys, { request, tx });
    if (!attempt.allowed) {
      const message = 'Too many invitations went to this address, or from yours. None was sent.';
      throw new TooManyRequests(attempt.retryAfter, message);
    }
    const detail = { kind: 'invitation', invitation: id, groups: idsIn(values['groups']).length };
    const actor = actorOf(request);
    await logSecurityEvent({ name: 'authn_token_created', actor, request, detail, tx });
    return `It is on its way to ${email}.`;
  },
  async committed({ before, id }, done) {
    if (before === null) await sendInvitation(id, done);
  },
});
