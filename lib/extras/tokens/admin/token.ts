import type { AdminAction, AdminRequest } from '@/lib/contrib/admin/options';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { afterCommit, Prisma, type TransactionClient } from '@/lib/db/client';
import { endTokens } from '@/lib/extras/tokens/end-tokens';
import { tellOwners } from '@/lib/extras/tokens/mails/tell-owners';
import { after } from '@/lib/http/source/current-source';
import { endingRefusals } from './owners';

const STATES: Readonly<Record<string, [label: string, where: Prisma.Sql]>> = {
  alive: [
    'good',
    Prisma.sql`t.revoked IS NULL AND (t.expires IS NULL OR t.expires > CURRENT_TIMESTAMP)`,
  ],
  ended: ['ended', Prisma.sql`t.revoked IS NOT NULL`],
  unused: ['never used', Prisma.sql`t.last_used IS NULL`],
  endless: ['without an end', Prisma.sql`t.expires IS NULL AND t.revoked IS NULL`],
};

const revoke: AdminAction = {
  name: 'revoke',
  label: 'Revoke',
  permission: 'delete',
  async run({ request, ids, tx }) {
    const [refusal] = await endingRefusals(tx, request.user, ids);
    if (refusal !== undefined) return { level: 'error', text: refusal };
    const count = await end(tx, request, ids);
    const text = count === 1 ? '1 token is ended.' : `${count} tokens are ended.`;
    return { level: 'success', text };
  },
};

/**
 * Everybody's tokens, without what opens anything. To revoke one ends it and keeps the row, so that
 * who uses it afterwards is noticed; to delete it ends it too.
 */
export const tokenAdmin = defineAdmin('tokens.token', {
  rail: { section: 'Access', order: 30 },
  str: ({ name, start }) => `${name} (${start}…)`,
  listDisplay: ['name', 'user', 'start', 'lastUsed', 'expires', 'revoked'],
  listFilter: [
    {
      parameter: 'state',
      title: 'state',
      choices: async () =>
        Object.entries(STATES).map(([value, [label]]) => [value, label] as const),
      condition: (value) => (Object.hasOwn(STATES, value) ? (STATES[value]?.[1] ?? null) : null),
    },
    'isFull',
    'lastUsed',
  ],
  searchFields: ['name', '=start'],
  ordering: ['-created'],
  actions: [revoke],
  fieldsets: [
    { title: null, fields: ['user', 'name', 'start', 'isFull', 'permissions', 'networks'] },
    { title: 'Dates', fields: ['created', 'expires', 'lastUsed', 'lastUsedIp', 'revoked'] },
  ],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  isDeletedWithOthers: true,
  cleanDelete: endingRefusals,
  deleting: async (tx, request, ids) => {
    await end(tx, request, ids);
  },
});

async function end(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<number> {
  const actor = actorOf(request);
  const reason = 'ended in the admin';
  const ended = await endTokens(tx, ids, { reason, request, ...(actor && { actor }) });
  afterCommit(tx, () => after(() => tellOwners(ended, 'ended')));
  return ended.length;
}
