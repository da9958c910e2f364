import { TextLink } from '@/components/text-link';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

/** Leads to why a user holds what they hold, or with `perm` to one permission's reasons. */
export function WhyLink({ userId, perm }: { userId: number; perm?: string }) {
  const query = perm === undefined ? '' : `?perm=${encodeURIComponent(perm)}`;
  return (
    <TextLink href={userAdminPath(`${userId}/permissions/${query}`)} prefetch={false}>
      {perm === undefined ? 'See every permission and why' : 'Why?'}
    </TextLink>
  );
}

/** Leads to everybody who holds a permission. */
export function HoldersLink({ permissionId }: { permissionId: number }) {
  return (
    <TextLink href={`/admin/auth/permission/${permissionId}/holders/`} prefetch={false}>
      See who holds it
    </TextLink>
  );
}
