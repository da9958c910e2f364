import { defineAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';

const STATES: Readonly<Record<string, [label: string, where: Prisma.Sql]>> = {
  now: ['counts now', Prisma.sql`t.until > CURRENT_TIMESTAMP`],
  ended: ['ended', Prisma.sql`t.until <= CURRENT_TIMESTAMP`],
};

type Given = {
  permission: { codename: string } | null;
  group: { name: string } | null;
};

const gives = {
  name: 'gives',
  label: 'gives',
  value: ({ permission, group }: Given) => permission?.codename ?? `group ${group?.name ?? ''}`,
};

/** Everything that was given for a time, for whoever looks after it; it is ended on the page of its person. */
export const timedGrantAdmin = defineAdmin('access_requests.timedgrant', {
  str: ({ id }) => `Grant ${id}`,
  rail: { section: 'Access', order: 50 },
  listDisplay: ['user', gives, 'until', 'granter', 'reason'],
  listFilter: [
    {
      parameter: 'state',
      title: 'state',
      choices: async () =>
        Object.entries(STATES).map(([value, [label]]) => [value, label] as const),
      condition: (value) => (Object.hasOwn(STATES, value) ? (STATES[value]?.[1] ?? null) : null),
    },
    'until',
  ],
  searchFields: ['granter', 'reason'],
  ordering: ['-until'],
  fieldsets: [
    {
      title: null,
      fields: ['user', 'until', 'created', 'granter', 'reason'],
    },
  ],
  readonlyFields: [gives],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  isDeletedWithOthers: true,
});
