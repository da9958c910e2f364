import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_NAMES, type PermissionName } from '@/lib/apps';
import { registerBackend } from '@/lib/auth/backends';
import { explain, explainAll } from '@/lib/auth/explain';
import { users } from '@/lib/auth/managers';
import { overrideSettings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/setup/database';
import { joinGroup, makeGroup, permissionId } from './grants';

beforeAll(freshDatabase);

const ALL = [...PERMISSION_NAMES] as PermissionName[];

describe('hasPerm, explain, explainAll and the tables', () => {
  const subset = fc.subarray(ALL);
  const scenario = fc.record({
    direct: subset,
    groups: fc.array(fc.record({ perms: subset, isMember: fc.boolean() }), { maxLength: 4 }),
    isActive: fc.boolean(),
    isSuperuser: fc.boolean(),
    isGreedy: fc.boolean(),
  });
  let made = 0;

  it('agree for any user, groups and backends', async () => {
    const greedy = {
      name: 'Greedy',
      hasPerm: async (_: unknown, perm: string) => perm.endsWith('user'),
    };
    const unregister = registerBackend(greedy);
    const ids = new Map(
      await Promise.all(ALL.map(async (perm) => [perm, await permissionId(perm)] as const)),
    );
    const idOf = (perm: string) => ids.get(perm as PermissionName) ?? 0;
    try {
      await fc.assert(
        fc.asyncProperty(scenario, async ({ direct, groups, isActive, isSuperuser, isGreedy }) => {
          made += 1;
          const user = await users.createUser({ username: `any ${made}`, isActive, isSuperuser });
          await db.userPermission.createMany({
            data: direct.map((perm) => ({ userId: user.id, permissionId: idOf(perm) })),
          });
          for (const [i, { perms, isMember }] of groups.entries()) {
            const groupId = await makeGroup(`any ${made} ${i}`);
            await db.groupPermission.createMany({
              data: perms.map((perm) => ({ groupId, permissionId: idOf(perm) })),
            });
            if (isMember) await joinGroup(user, groupId);
          }
          const AUTHENTICATION_BACKENDS = ['ModelBackend', ...(isGreedy ? ['Greedy'] : [])];
          await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
            const listed = new Map(
              (await explainAll(user)).permissions.map(({ perm, sources }) => [perm, sources]),
            );
            for (const perm of ALL) {
              const granted = isGranted(perm, { direct, groups });
              const expected =
                isActive && isSuperuser
                  ? true
                  : (isActive && granted) || (isGreedy && perm.endsWith('user'));
              const explanation = await explain(user, perm);
              expect(explanation.allowed).toBe(expected);
              expect(explanation.sources.length > 0).toBe(expected);
              expect(await user.hasPerm(perm)).toBe(expected);
              expect(listed.get(perm)).toEqual(
                isActive && (isSuperuser || granted) ? explanation.sources : undefined,
              );
            }
          });
        }),
        { numRuns: 30 },
      );
    } finally {
      unregister();
    }
  });
});

/** The oracle: what the scenario says, without a database. */
function isGranted(
  perm: string,
  { direct, groups }: { direct: string[]; groups: { perms: string[]; isMember: boolean }[] },
): boolean {
  return (
    direct.includes(perm) || groups.some(({ perms, isMember }) => isMember && perms.includes(perm))
  );
}
