import { beforeAll, describe, expect, it } from 'vitest';
import { groupMembers } from '@/lib/contrib/auth/admin/rights/group-members';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { ids, person, told } from '@/tests/support/admin/list-form';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const HELD = 'articles.view_article';

describe('the actions on memberships', () => {
  it('put several into a group and take them out again, whoever was in it already', async () => {
    const root = await makeSuperuser();
    const crowd = [await person('joins-a'), await person('joins-b'), await person('joins-c')];
    const groupId = await makeGroup('joined in bulk', [HELD]);
    const fields = { _selected_action: ids(...crowd), _chosen: String(groupId), _query: '' };
    const add = { ...fields, action: 'add_to_group' };
    expect((await told(root, add)).text).toBe('Added 3 users to joined in bulk.');
    expect((await told(root, add)).text).toBe(
      'Added 0 users to joined in bulk. 3 users were in it already.',
    );
    const admin = screens('auth.user');
    const page = await groupMembers(root, admin, { groupId, page: 1 });
    expect(page).toEqual({
      hasNext: false,
      members: crowd.map(({ id, username }) => ({
        id,
        username,
        isActive: true,
        isSuperuser: false,
      })),
    });
    const [one] = crowd;
    expect(await (await users.getById(one?.id ?? 0))?.hasPerm(HELD)).toBe(true);
    const remove = { ...fields, action: 'remove_from_group' };
    expect((await told(root, remove)).text).toBe('Removed 3 users from joined in bulk.');
    expect(await db.userGroup.count({ where: { groupId } })).toBe(0);
    const [entry] = await db.logEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(entry?.changeMessage).toBe(
      '[{"changed": {"fields": ["Groups"]}}, {"moved": {"left": ["joined in bulk"]}}]',
    );
  });
});
