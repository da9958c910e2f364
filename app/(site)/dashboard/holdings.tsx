'use client';

import type { ReactNode } from 'react';
import { Fact, Facts } from '@/components/facts';
import { Name } from '@/components/name';
import { PermissionList } from '@/components/permissions/permission-list';
import type { PermissionTable } from '@/components/permissions/permission-table';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';

type Props = {
  username: string;
  email: string;
  isSuperuser: boolean;
  isStaff: boolean;
  lastSignIn: ReactNode;
  groups: readonly { id: number; name: string }[];
  permissions: PermissionTable;
  links: readonly { href: string; label: string }[];
};

/** What somebody has here: account, groups, permissions. A client component for the wire only. */
export function Holdings({ groups, permissions, lastSignIn, links, ...user }: Props) {
  return (
    <div className="space-y-10">
      <Section title="Account">
        <Facts>
          <Fact name="Username">
            <Name text={user.username} />
          </Fact>
          <Fact name="Email">{user.email || 'None'}</Fact>
          <Fact name="Role">{roleOf(user)}</Fact>
          <Fact name="Last sign-in">{lastSignIn}</Fact>
        </Facts>
        <p className="mt-4 flex flex-wrap gap-x-6 gap-y-1">
          {links.map(({ href, label }) => (
            <TextLink key={href} href={href} prefetch={false}>
              {label}
            </TextLink>
          ))}
        </p>
      </Section>
      <Section title="Groups" lead={groups.length > 0 && 'What a group may do, you may do.'}>
        {groups.length === 0 ? (
          <p className="text-muted">You are in no group.</p>
        ) : (
          <ul className="space-y-1">
            {groups.map(({ id, name }) => (
              <li key={id}>
                <Name text={name} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title="Permissions"
        isWide
        lead={
          user.isSuperuser
            ? 'You are a superuser: every permission is yours without being granted.'
            : 'What you may do, and where each permission comes from.'
        }
      >
        <PermissionList permissions={permissions} />
      </Section>
    </div>
  );
}

function roleOf({ isSuperuser, isStaff }: Pick<Props, 'isSuperuser' | 'isStaff'>): string {
  if (isSuperuser) return 'Superuser';
  return isStaff ? 'Staff' : 'Member';
}
