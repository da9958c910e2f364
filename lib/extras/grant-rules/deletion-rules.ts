import type { Viewer } from '@/lib/apps/define-config';
import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { fewOf } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import { erasedHistory } from './erased-history';
import { identityRefusals } from './identity';
import { isOmnipotent } from './omnipotent';
import { lastSuperuser, onlySuperusers } from './words';

/**
 * Why users may not be deleted, in sentences; none if they may. Every superuser is locked until the
 * transaction ends.
 * Django: no counterpart
 */
export async function checkUserDeletion(
  tx: TransactionClient,
  actor: Viewer,
  ids: readonly number[],
): Promise<string[]> {
  if (!isInstalled('grant-rules')) return [];
  const accounts = await lockAccounts(tx, ids);
  const doomed = ids.flatMap((id) => accounts.get(id) ?? []);
  const superusers = doomed.filter(({ isSuperuser }) => isSuperuser);
  if (!isOmnipotent(actor) && settings.CHANGE_SUPERUSER_NEEDS_SUPERUSER && superusers.length > 0) {
    return [
      onlySuperusers(
        'deletes',
        superusers.map(({ username }) => username),
      ),
    ];
  }
  const refusals = await identityRefusals(actor, doomed, { client: tx, act: 'deletes' });
  const erased = await erasedHistory(tx, actor, doomed);
  if (refusals.size + erased.length > 0) return fewOf([...refusals.values(), ...erased]);
  const active = [...accounts.values()].filter((each) => each.isSuperuser && each.isActive);
  const isAnyLost = active.some(({ id }) => ids.includes(id));
  const isAnyLeft = active.some(({ id }) => !ids.includes(id));
  if (!settings.KEEP_LAST_SUPERUSER || !isAnyLost || isAnyLeft) return [];
  return [lastSuperuser(active.map(({ username }) => username))];
}
