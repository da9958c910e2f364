import type { User } from '@/lib/contrib/auth/models';
import type { TransactionClient } from '@/lib/db/client';
import { logSecurityEvent, type SecurityEvent, type SecurityRequest } from './security-log';

/** Whose privileges changed: one person's, or those of everybody in a group. */
export type Holder = { kind: 'group' | 'user'; id: number; name: string };

type Who = { request: SecurityRequest; actor: User | undefined };

/**
 * Keep in the security log that a person's or a group's privileges were changed, in the transaction
 * that changes them. Permissions in `detail` are named `app.codename`: those `given`, those `taken`.
 */
export async function logPrivilegeChange(
  tx: TransactionClient,
  { request, actor }: Who,
  { kind, id, name }: Holder,
  detail: NonNullable<SecurityEvent['detail']>,
): Promise<void> {
  await logSecurityEvent({
    name: 'privilege_permissions_changed',
    actor,
    request,
    tx,
    ...(kind === 'user'
      ? { target: { id, username: name }, detail }
      : { detail: { group: name, groupId: id, ...detail } }),
  });
}
