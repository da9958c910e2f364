import { afterEach, describe, expect, it } from 'vitest';
import { loginStages, registerLoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { registerSignInWay, signInWays } from '@/lib/contrib/auth/sign-in/ways';
import { Registry } from '@/lib/core/registry';

const undo: (() => void)[] = [];

afterEach(() => {
  for (const each of undo.splice(0)) each();
});

describe('login stages', () => {
  it('stand in allauth’s order, whichever app came first, and one’s own behind them', () => {
    const added = ['own', 'mfa_enroll', 'mfa_authenticate', 'verify_email', 'other'];
    for (const name of added) {
      undo.push(registerLoginStage({ name, path: `/${name}/`, isRequired: () => true }));
    }
    const names = loginStages().map(({ name }) => name);
    expect(names.filter((name) => added.includes(name))).toEqual([
      'verify_email',
      'mfa_authenticate',
      'mfa_enroll',
      'own',
      'other',
    ]);
  });
});

describe('ways to sign in', () => {
  it('stand by their labels, newcomers’ last, without those that are not offered, and know where to go on', () => {
    undo.push(
      registerSignInWay({ name: 'b', label: 'With a passkey', href: '/accounts/passkey/' }),
      registerSignInWay({ name: 'a', label: 'By a code', href: '/accounts/by-code/?x=1' }),
      registerSignInWay({ name: 'c', label: 'Away', href: '/c/', isOffered: () => false }),
      registerSignInWay({ name: 'd', label: 'Apply', href: '/d/', isForNewcomers: true }),
    );
    // Another test file of the worker may have loaded the apps, of which one brings a way.
    const ways = signInWays('/a?b=c&d').filter(({ name }) => name.length === 1);
    expect(ways).toEqual([
      { name: 'a', label: 'By a code', href: '/accounts/by-code/?x=1&next=%2Fa%3Fb%3Dc%26d' },
      { name: 'b', label: 'With a passkey', href: '/accounts/passkey/?next=%2Fa%3Fb%3Dc%26d' },
      { name: 'd', label: 'Apply', href: '/d/?next=%2Fa%3Fb%3Dc%26d', isForNewcomers: true },
    ]);
  });
});

describe('a way that the browser has itself', () => {
  it('is told where its options are, and its address is where the answer goes', () => {
    const ceremony = { options: '/options/' };
    undo.push(registerSignInWay({ name: 'k', label: 'By a key', href: '/key/', ceremony }));
    const own = signInWays('/a/').filter(({ name }) => name === 'k');
    expect(own).toEqual([{ name: 'k', label: 'By a key', href: '/key/', ceremony }]);
  });
});

describe('a registry', () => {
  it('keeps the place of a name that is registered again, and gives the former one back', () => {
    const registry = new Registry<{ name: string; value: number }>();
    registry.register({ name: 'a', value: 1 });
    registry.register({ name: 'b', value: 2 });
    const undoAgain = registry.register({ name: 'a', value: 3 });
    expect(registry.list().map(({ value }) => value)).toEqual([3, 2]);
    undoAgain();
    expect(registry.find('a')?.value).toBe(1);
    expect(registry.find('c')).toBeNull();
  });
});
