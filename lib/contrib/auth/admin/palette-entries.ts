import type { FoundPerson, PaletteEntries, PaletteItem, Viewer } from '@/lib/apps/define-config';
import { hasChangePermission, hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { rowsFound } from '@/lib/contrib/admin/search/rows-found';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { sessionAdmin } from '@/lib/contrib/sessions/admin';
import { userAdmin } from './user';

const MAX_ROWS = 8;

type Deed = (viewer: Viewer, person: FoundPerson) => Promise<PaletteItem[]>;

/** In the command palette `sessions NAME` and `password NAME`, and the inactive users. */
export const authEntries: PaletteEntries = {
  pages: () => [{ label: 'Change your password', href: '/accounts/password_change/' }],
  finds: inactiveUsers,
  personDeeds: async (viewer, person) => [
    ...(await sessionsOf(viewer, person)),
    ...(await passwordOf(viewer, person)),
  ],
  verbs: {
    sessions: (viewer, words) => ofEach(viewer, words.join(' '), sessionsOf),
    password: (viewer, words) => ofEach(viewer, words.join(' '), passwordOf),
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

const INACTIVE = 'inactive users';

async function inactiveUsers(viewer: Viewer, text: string): Promise<PaletteItem[]> {
  const isAsked = INACTIVE.includes(text.toLowerCase());
  if (!isAsked || !(await hasViewPermission(viewer, userAdmin()))) return [];
  const href = userAdminPath('?is_active__exact=0');
  return [{ kind: 'List', label: 'Inactive users', detail: '', href }];
}
