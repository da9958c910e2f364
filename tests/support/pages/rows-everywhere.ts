import { db } from '@/lib/db/client';

/** What stands in the middle of all rows: each of the others has to do with it. */
export type Middle = { userId: number; groupId: number };

const now = new Date();
const later = new Date(Date.now() + 86_400_000);
const key = (what: string, i: number) => `${what}${i}`.padStart(64, '0');

/**
 * Add so many rows of everything that the admin shows, numbered on from `from`: a person each with all that
 * is theirs, a group each, and as much of the middle's.
 */
export async function addRows({ userId, groupId }: Middle, from: number, count: number) {
  const numbers = Array.from({ length: count }, (_, i) => from + i);
  const people = await addPeople(numbers);
  const groups = await addGroups(numbers);
  const permissions = await db.permission.findMany({ take: from + count, orderBy: { id: 'asc' } });
  const own = permissions.slice(from, from + count).map(({ id }) => id);
  const [permissionId = 1] = own;
  const types = await db.contentType.findFirstOrThrow({ where: { model: 'user' } });
  const each = numbers.map((i, at) => ({ i, userId: people[at] ?? 0, groupId: groups[at] ?? 0 }));
  const both = each.flatMap((one) => [one, { ...one, i: one.i + 10_000, userId }]);
  const data = {
    groups: [
      ...each.map((one) => ({ userId: one.userId, groupId })),
      ...each.map((one) => ({ userId, groupId: one.groupId })),
    ],
    held: [...own.map((id) => ({ userId, permissionId: id }))],
    direct: each.map((one) => ({ userId: one.userId, permissionId })),
    given: [
      ...own.map((id) => ({ groupId, permissionId: id })),
      ...each.map((one) => ({ groupId: one.groupId, permissionId })),
    ],
  };
  await db.userGroup.createMany({ data: data.groups });
  await db.userPermission.createMany({ data: [...data.held, ...data.direct] });
  await db.groupPermission.createMany({ data: uniquePairs(data.given) });
  await db.article.createMany({
    data: both.map((one) => ({
      title: `Article ${one.i}`,
      body: '',
      authorId: one.userId,
      isPublished: true,
      created: now,
      modified: now,
    })),
  });
  await db.session.createMany({
    data: both.map((one) => ({
      sessionKey: key('session', one.i),
      userId: one.userId,
      sessionData: '{}',
      created: now,
      lastSeen: now,
      expireDate: later,
      ipAddress: '192.0.2.1',
      userAgent: 'test',
    })),
  });
  await db.logEntry.createMany({
    data: both.map((one) => ({
      actionTime: now,
      objectId: String(userId),
      objectRepr: 'middle',
      actionFlag: 2,
      changeMessage: '[{"changed": {"fields": ["Groups"]}}]',
      contentTypeId: types.id,
      userId: one.userId,
    })),
  });
  await db.securityLogEntry.createMany({
    data: both.map((one) => ({
      time: now,
      event: 'privilege_permissions_changed',
      actorId: one.userId,
      actorUsername: 'somebody',
      targetId: userId,
      targetUsername: 'middle',
      ipAddress: '',
      userAgent: '',
      sessionKey: '',
      detail: JSON.stringify({ given: [own[0]], joined: [one.groupId], changed: ['groups'] }),
    })),
  });
  await db.throttle.createMany({
    data: each.map((one) => ({
      kind: 'login',
      scope: 'account',
      key: `${one.i}`.padStart(32, '0'),
      tries: 6,
      refused: 1,
      blockedUntil: later,
      started: now,
    })),
  });
  await addAccounts(both, permissionId);
}

async function addAccounts(
  each: readonly { i: number; userId: number; groupId: number }[],
  permissionId: number,
): Promise<void> {
  const of = <T>(row: (one: { i: number; userId: number; groupId: number }) => T) => each.map(row);
  await db.emailAddress.createMany({
    data: of(({ i, userId }) => ({
      email: `mail${i}@example.com`,
      verified: true,
      primary: false,
      userId,
    })),
  });
  const people = each.filter(({ i }) => i < 10_000);
  for (const { i, groupId } of people) {
    await db.invitation.create({
      data: {
        email: `invited${i}@example.com`,
        tokenHash: key('invitation', i),
        inviterUsername: 'middle',
        note: '',
        created: now,
        expires: later,
        groups: { create: { groupId } },
      },
    });
  }
  await db.token.createMany({
    data: of(({ i, userId }) => ({
      userId,
      name: `token ${i}`,
      start: `gh_${i}`,
      tokenHash: key('token', i),
      isFull: false,
      networks: '',
      created: now,
      lastUsedIp: '',
    })),
  });
  await db.passkey.createMany({
    data: of(({ i, userId }) => ({
      userId,
      credentialId: key('passkey', i),
      publicKey: 'x',
      signCount: 0,
      transports: '',
      deviceType: 'singleDevice',
      backedUp: false,
      aaguid: '00000000-0000-0000-0000-000000000000',
      name: `key ${i}`,
      created: now,
    })),
  });
  await db.impersonation.createMany({
    data: of(({ i, userId }) => ({
      impersonatorId: userId,
      impersonatorUsername: 'somebody',
      userId,
      username: 'middle',
      reason: '',
      started: now,
      endedBy: '',
      sessionKey: key('hijack', i),
    })),
  });
  await db.accessRequest.createMany({
    data: people.map(({ userId }) => ({
      userId,
      permissionId,
      reason: 'to try it',
      state: 'open',
      created: now,
      decider: '',
      answer: '',
    })),
  });
  await db.timedGrant.createMany({
    data: of(({ userId, groupId }) => ({
      userId,
      groupId,
      until: later,
      created: now,
      granter: 'somebody',
      reason: '',
    })),
  });
  await db.socialAccount.createMany({
    data: of(({ i, userId }) => ({
      provider: 'example',
      uid: `uid${i}`,
      lastLogin: now,
      dateJoined: now,
      extraData: {},
      userId,
    })),
  });
  const [one] = each;
  if (!one) return;
  await db.accountDeletion.createMany({
    data: people.map(({ userId }) => ({ userId, requested: now, due: later })),
  });
  await db.serviceAccount.createMany({
    data: people.map(({ userId }) => ({ userId, ownerId: one.userId, purpose: '', created: now })),
  });
}

async function addPeople(numbers: readonly number[]): Promise<number[]> {
  const name = (i: number) => `person${i}`;
  await db.user.createMany({
    data: numbers.map((i) => ({
      username: name(i),
      password: '!',
      isSuperuser: false,
      firstName: 'Per',
      lastName: 'Son',
      email: `person${i}@example.com`,
      isStaff: true,
      isActive: true,
      dateJoined: now,
    })),
  });
  const made = await db.user.findMany({ where: { username: { in: numbers.map(name) } } });
  return made.map(({ id }) => id);
}

async function addGroups(numbers: readonly number[]): Promise<number[]> {
  const name = (i: number) => `Group ${i}`;
  await db.group.createMany({ data: numbers.map((i) => ({ name: name(i) })) });
  const made = await db.group.findMany({ where: { name: { in: numbers.map(name) } } });
  return made.map(({ id }) => id);
}

function uniquePairs<T extends { groupId: number; permissionId: number }>(pairs: readonly T[]) {
  return [...new Map(pairs.map((pair) => [`${pair.groupId} ${pair.permissionId}`, pair])).values()];
}
