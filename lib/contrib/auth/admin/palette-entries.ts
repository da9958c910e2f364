import type { FoundPerson, PaletteEntries, PaletteItem, Viewer } from '@/lib/apps/define-config';
import { hasChangePermission, hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { rowsFound } from '@/lib/contrib/admin/search/rows-found';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { sessionAdmin } from '@/lib/contrib/sessions/admin';
import { offboardRefusal } from './people/offboard';
import { offboardHref } from './people/user-menu';
import { userAdmin } from './user';

const MAX_ROWS = 8;

type Deed = (viewer: Viewer, person: FoundPerson) => Promise<PaletteItem[]>;

/** In the command palette `sessions NAME`, `password NAME` and `offboard NAME`, and the inactive users. */
export const authEntries: PaletteEntries = {
  pages: () => [{ label: 'Change your password', href: '/accounts/password_change/' }],
  finds: inactiveUsers,
  personDeeds: async (viewer, person) => [
    ...(await sessionsOf(viewer, person)),
    ...(await passwordOf(viewer, person)),
    ...(await offboardOf(viewer, person)),
  ],
  verbs: {
    sessions: (viewer, words) => ofEach(viewer, words.join(' '), sessionsOf),
    password: (viewer, words) => ofEach(viewer, words.join(' '), passwordOf),
    offboard: (viewer, words) => ofEach(viewer, words.join(' '), offboardOf),
  },
};

async function ofEach(viewer: Viewer, name: string, deed: Deed): Promise<PaletteItem[]> {
  const people = await rowsFound(viewer, userAdmin(), name, MAX_ROWS);
  return (await Promise.all(people.map((row) => deed(viewer, personOf(row))))).flat();
}

function personOf(row: Row): FoundPerson {
  return {
    id: Number(row.id),
    label: strOf(userAdmin(), row),
    isSuperuser: row['isSuperuser'] === true,
    isActive: row['isActive'] !== false,
  };
}

async function sessionsOf(viewer: Viewer, { id, label }: FoundPerson): Promise<PaletteItem[]> {
  if (!(await hasViewPermission(viewer, sessionAdmin))) return [];
  const href = `/admin/sessions/session/?user_id=${id}`;
  return [{ kind: 'Sessions', label: `Sessions of ${label}`, detail: '', href }];
}

/** Its page refuses superusers to all others, and everybody's own. */
async function passwordOf(viewer: Viewer, person: FoundPerson): Promise<PaletteItem[]> {
  const { id, label, isSuperuser } = person;
  if (id === viewer.id || (isSuperuser && !viewer.isSuperuser)) return [];
  if (!(await hasChangePermission(viewer, userAdmin()))) return [];
  const href = userAdminPath(`${id}/password/`);
  return [{ kind: 'Password', label: `Set a password for ${label}`, detail: '', href }];
}

/** Its page says no to whoever may not change them; what there is to say of more people is too much here. */
async function offboardOf(viewer: Viewer, person: FoundPerson): Promise<PaletteItem[]> {
  const { id, label, isSuperuser, isActive } = person;
  if (!isActive || !(await hasChangePermission(viewer, userAdmin()))) return [];
  const refusal = await offboardRefusal(viewer, { id, username: label, isSuperuser });
  if (refusal !== null) return [];
  return [{ kind: 'Offboard', label: `Offboard ${label}`, detail: '', href: offboardHref(id) }];
}

const INACTIVE = 'inactive users';

async function inactiveUsers(viewer: Viewer, text: string): Promise<PaletteItem[]> {
  const isAsked = INACTIVE.includes(text.toLowerCase());
  if (!isAsked || !(await hasViewPermission(viewer, userAdmin()))) return [];
  const href = userAdminPath('?is_active__exact=0');
  return [{ kind: 'List', label: 'Inactive users', detail: '', href }];
}
