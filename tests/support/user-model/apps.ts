import { defineApp } from '@/lib/apps/define-app';
import { apps as siteApps } from '../../../lib/site/apps';

const accountsApp = defineApp({
  label: 'accounts',
  verboseName: 'Accounts',
  models: {
    user: {
      verboseName: 'user',
      fields: {
        firstName: { isBlank: true },
        lastName: { isBlank: true },
        email: { verboseName: 'email address' },
        phone: { helpText: 'Where to reach the person.' },
        floor: { isBlank: true },
        isActive: { verboseName: 'active' },
        isStaff: { verboseName: 'staff status' },
        isSuperuser: { verboseName: 'superuser status' },
        groups: { isBlank: true },
        userPermissions: { verboseName: 'user permissions', isBlank: true },
      },
    },
  },
});

/** The apps of the site, and the one with a user model of its own. */
export const apps = [...siteApps, accountsApp] as const;
