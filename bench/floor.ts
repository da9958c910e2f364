import { User } from '@/lib/contrib/auth/models';
import type { explainAll } from '@/lib/contrib/auth/permissions/decisions';

type Held = Awaited<ReturnType<typeof explainAll>>;

const VERBS = ['add', 'archive', 'change', 'delete', 'export', 'view'];

/** Groups of the signed-in reader, and what each permits: the peers' readers have as many. */
export const GROUPS = [0, 1, 2].map((index) => ({
  id: index + 1,
  name: `group 0${index}`,
  appLabel: `app${index}`,
  model: 'thing',
  permissions: VERBS.map((verb) => ({ codename: `${verb}_thing`, name: `Can ${verb} thing` })),
}));

export const READER = {
  username: 'user000000',
  firstName: 'First0',
  lastName: 'Last0',
  email: 'user000000@example.com',
};

/** The links that a dashboard has for somebody with no permission beyond these. */
export const LINKS = [
  ['/accounts/password_change/', 'Change password'],
  ['/accounts/email/', 'Email addresses'],
  ['/accounts/sessions/', 'See where you are signed in'],
  ['/accounts/2fa/', 'Second factors'],
  ['/accounts/access-requests/', 'Access that you asked for'],
  ['/accounts/export/', 'Export your data'],
].map(([href = '', label = '']) => ({ href, label }));

/** What the floor page draws: the same person as the dashboard's, from memory. */
export function floorProps(): { user: User } & Held {
  const user = new User({
    ...READER,
    id: 1,
    password: '',
    lastLogin: new Date(),
    dateJoined: new Date(),
    isActive: true,
    isStaff: false,
    isSuperuser: false,
  });
  const permissions = GROUPS.flatMap(({ id, name: group, appLabel, permissions: held }) =>
    held.map(({ codename, name }) => ({
      perm: `${appLabel}.${codename}`,
      name,
      sources: [{ kind: 'group' as const, id, name: group }],
    })),
  );
  return { user, groups: GROUPS.map(({ id, name }) => ({ id, name })), permissions };
}
