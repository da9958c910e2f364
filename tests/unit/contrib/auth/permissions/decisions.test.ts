import fc from 'fast-check';
import { expect, it, describe as suite } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { type Backend, registerBackend } from '@/lib/contrib/auth/backends';
import { AnonymousUser, User } from '@/lib/contrib/auth/models';
import {
  describe,
  type Explanation,
  explain,
  explainAll,
} from '@/lib/contrib/auth/permissions/decisions';
import { ImproperlyConfigured, PermissionDenied } from '@/lib/core/exceptions';
import { userRow } from '@/tests/support/auth/user-row';
import { SEED } from '@/tests/support/seed';

const PERM = 'articles.change_article';

/** Configure backends that answer as told, in this order. */
async function withBackends(backends: Backend[], body: () => Promise<void>): Promise<void> {
  const undo = backends.map((backend) => registerBackend(backend));
  try {
    const AUTHENTICATION_BACKENDS = backends.map(({ name }) => name);
    await overrideSettings({ AUTHENTICATION_BACKENDS }, body);
  } finally {
    for (const unregister of undo) unregister();
  }
}

const grants: Backend = { name: 'Grants', hasPerm: async () => true };
const silent: Backend = { name: 'Silent', hasPerm: async () => false };
const mute: Backend = { name: 'Mute' };
const denies: Backend = {
  name: 'Denies',
  hasPerm: () => Promise.reject(new PermissionDenied()),
  hasModulePerms: () => Promise.reject(new PermissionDenied()),
};
const breaks: Backend = {
  name: 'Breaks',
  hasPerm: () => Promise.reject(new Error('out of order')),
};

suite('explain', () => {
  it('asks the backends in order until one grants', async () => {
    await withBackends([mute, silent, grants, denies], async () => {
      const { allowed, verdicts, sources } = await explain(new User(userRow()), PERM);
      expect(allowed).toBe(true);
      expect(verdicts.map(({ verdict }) => verdict)).toEqual([
        'silent',
        'silent',
        'granted',
        'not reached',
      ]);
      expect(sources).toEqual([
        { kind: 'backend', backend: 'Grants', reason: 'granted by its own rule' },
      ]);
    });
  });

  it('stops for good at a backend that raises PermissionDenied', async () => {
    await withBackends([silent, denies, grants], async () => {
      const user = new User(userRow());
      const { allowed, verdicts, sources } = await explain(user, PERM);
      expect(allowed).toBe(false);
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['silent', 'denied', 'not reached']);
      expect(sources).toEqual([]);
      expect(await user.hasModulePerms('articles')).toBe(false);
    });
  });

  it('asks nobody about an active superuser, who may do even what does not exist', async () => {
    await withBackends([denies, breaks], async () => {
      const user = new User(userRow({ isSuperuser: true }));
      for (const perm of [PERM, 'nonsense', '']) {
        expect(await explain(user, perm, {})).toMatchObject({
          allowed: true,
          sources: [{ kind: 'superuser' }],
          verdicts: [{ verdict: 'not reached' }, { verdict: 'not reached' }],
        });
      }
      expect(await user.hasModulePerms('nonsense')).toBe(true);
    });
  });

  it('asks the backends about an inactive superuser and about a stranger', async () => {
    await withBackends([denies], async () => {
      const user = new User(userRow({ isSuperuser: true, isActive: false }));
      expect((await explain(user, PERM)).allowed).toBe(false);
      expect(await user.hasModulePerms('articles')).toBe(false);
    });
    await withBackends([grants], async () => {
      expect((await explain(new AnonymousUser(), PERM)).allowed).toBe(true);
    });
  });

  it('passes on what a backend throws besides', async () => {
    await withBackends([breaks, grants], async () => {
      await expect(explain(new User(userRow()), PERM)).rejects.toThrow('out of order');
    });
  });

  it('refuses to work without a backend', async () => {
    await overrideSettings({ AUTHENTICATION_BACKENDS: [] }, async () => {
      await expect(explain(new User(userRow()), PERM)).rejects.toThrow(ImproperlyConfigured);
    });
  });

  it('agrees with hasPerm, hasPerms and an oracle for any backends and any user', async () => {
    const answer = fc.constantFrom('grant', 'silent', 'deny', 'mute');
    const answers = fc.array(answer, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), fc.boolean(), async (said, isActive, isSuperuser) => {
        const byAnswer = { grant: grants, silent, deny: denies, mute };
        const backends = said.map((word, i) => ({ ...byAnswer[word], name: `Backend${i}` }));
        await withBackends(backends, async () => {
          const user = new User(userRow({ isActive, isSuperuser }));
          const first = said.find((word) => word === 'grant' || word === 'deny');
          const expected = (isActive && isSuperuser) || first === 'grant';
          expect((await explain(user, PERM)).allowed).toBe(expected);
          expect(await user.hasPerm(PERM)).toBe(expected);
          expect(await user.hasPerms([PERM, PERM])).toBe(expected);
        });
      }),
      { numRuns: 200, seed: SEED },
    );
  });
});

suite('explainAll', () => {
  it('leaves out what a backend lists and an earlier one denies', async () => {
    const held = { perm: PERM, name: 'Can change article', sources: [{ kind: 'direct' as const }] };
    const lists: Backend = {
      name: 'Lists',
      hasPerm: async () => held.sources,
      getAllPermissions: async () => new Map([[PERM, held]]),
    };
    await withBackends([lists], async () => {
      expect((await explainAll(new AnonymousUser())).permissions).toEqual([held]);
    });
    await withBackends([denies, lists], async () => {
      expect((await explainAll(new AnonymousUser())).permissions).toEqual([]);
    });
  });
});

suite('hasPerms', () => {
  it('is true of an empty list, for a stranger too', async () => {
    expect(await new AnonymousUser().hasPerms([])).toBe(true);
  });

  it.each([PERM, 42, null])('refuses %j, which is no list', async (perms) => {
    const user = new User(userRow({ isSuperuser: true }));
    await expect(user.hasPerms(perms as unknown as PermissionName[])).rejects.toThrow(TypeError);
  });
});

suite('describe', () => {
  const explanation: Explanation = {
    username: 'ada',
    perm: PERM,
    isAboutObject: false,
    allowed: false,
    isAuthenticated: true,
    isActive: true,
    isSuperuser: false,
    verdicts: [{ backend: 'ModelBackend', verdict: 'silent', sources: [] }],
    sources: [],
    places: [],
  };
  const editors = { kind: 'group' as const, id: 1, name: 'Editors' };
  const writers = { kind: 'group' as const, id: 2, name: 'Writers' };
  const rule = { kind: 'backend' as const, backend: 'OwnerBackend', reason: 'ada wrote it' };
  const denied = { backend: 'LockBackend', verdict: 'denied' as const, sources: [] };

  it.each<[Partial<Explanation>, string]>([
    [{ allowed: true, isSuperuser: true }, 'ada holds articles.change_article as a superuser.'],
    [
      { allowed: true, sources: [{ kind: 'direct' }] },
      'ada holds articles.change_article directly.',
    ],
    [
      { allowed: true, sources: [{ kind: 'direct' }, editors, writers] },
      'ada holds articles.change_article directly and through the groups Editors and Writers.',
    ],
    [
      { allowed: true, isAboutObject: true, sources: [rule] },
      'ada holds articles.change_article on this object by OwnerBackend (ada wrote it).',
    ],
    [
      {},
      'ada does not hold articles.change_article: it is granted neither directly nor through a group.',
    ],
    [{ isActive: false }, 'ada does not hold articles.change_article: the account is inactive.'],
    [{ verdicts: [denied] }, 'ada does not hold articles.change_article: LockBackend refuses it.'],
    [
      { isAboutObject: true },
      'ada does not hold articles.change_article on this object: no backend grants it.',
    ],
    [
      { username: '', isAuthenticated: false, isActive: false },
      'A stranger does not hold articles.change_article: nobody is signed in.',
    ],
  ])('%j', (changed, sentence) => {
    expect(describe({ ...explanation, ...changed })).toBe(sentence);
  });

  it('says the same to the person concerned', () => {
    const inactive = { ...explanation, isActive: false };
    const granted: Explanation = { ...explanation, allowed: true, sources: [editors] };
    expect([inactive, granted].map((each) => describe(each, 'second'))).toEqual([
      'You do not hold articles.change_article: the account is inactive.',
      'You hold articles.change_article through the group Editors.',
    ]);
  });
});
