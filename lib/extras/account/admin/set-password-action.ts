import type {
  ActionCall,
  ActionOutcome,
  AdminAction,
  AdminRequest,
} from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { users } from '@/lib/contrib/auth/users/managers';
import { fewOf } from '@/lib/core/text';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { sendSetPasswordLink } from '@/lib/extras/account/set-password-link';

/** In place of a password that somebody else types: each person is mailed a link to choose their own. */
export const setPasswordAction: AdminAction = {
  name: 'send_set_password_link',
  label: 'Send set-password link',
  permission: 'change',
  async run(call: ActionCall): Promise<ActionOutcome> {
    const { ids, refusals } = await noteLinks(call);
    const who = ids.length === 1 ? '1 user' : `${ids.length} users`;
    return {
      level: refusals.length > 0 ? 'warning' : 'success',
      text: [`A link goes to ${who}.`, ...fewOf(refusals)].join(' '),
      committed: ({ origin }) => sendLinks(ids, origin),
    };
  },
};

/**
 * The same for one person. Why not, in a sentence, if it cannot be; the caller mails after the answer, by
 * `sendLinks`, and has asked whether the password may be set.
 */
export async function noteSetPasswordLink(
  request: AdminRequest,
  id: number,
): Promise<string | null> {
  const { refusals } = await transaction((tx) => noteLinks({ request, ids: [id], tx }));
  return refusals[0] ?? null;
}

/** Mail the links. For the time after the answer. */
export async function sendLinks(ids: readonly number[], origin: string): Promise<void> {
  for (const id of ids) {
    const user = await users.getById(id);
    if (user) await sendSetPasswordLink(user, origin);
  }
}

async function noteLinks({
  request,
  ids,
  tx,
}: ActionCall): Promise<{ ids: number[]; refusals: string[] }> {
  const accounts = await lockAccounts(tx, ids);
  const asked = ids.flatMap((id) => accounts.get(id) ?? []);
  const act = 'sets the password of' as const;
  const untouchable = await identityRefusals(request.user, asked, { client: tx, act });
  const refusals: string[] = [];
  const sent: number[] = [];
  for (const account of asked) {
    const refusal = untouchable.get(account.id) ?? refusalOf(account);
    if (refusal !== null) {
      refusals.push(refusal);
      continue;
    }
    sent.push(account.id);
    await log(tx, request, account);
  }
  return { ids: sent, refusals };
}

function refusalOf({ username, email, isActive }: Account): string | null {
  if (email === '') return `${username} has no email address.`;
  return isActive ? null : `${username} is inactive.`;
}

function log(tx: TransactionClient, request: AdminRequest, target: Account): Promise<void> {
  const detail = { kind: 'set-password link' };
  const actor = actorOf(request);
  return logSecurityEvent({ name: 'authn_token_created', actor, target, request, detail, tx });
}
