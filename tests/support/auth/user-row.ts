import type { UserRow } from '@/lib/contrib/auth/models';

/** A row of `auth_user` for tests without a database. */
export function userRow(changed: Partial<UserRow> = {}): UserRow {
  return {
    id: 1,
    password: '',
    lastLogin: null,
    isSuperuser: false,
    username: 'ada',
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.com',
    isStaff: false,
    isActive: true,
    dateJoined: new Date('2026-01-02T03:04:05Z'),
    ...changed,
  };
}
