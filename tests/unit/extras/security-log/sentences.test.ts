import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '@/lib/extras/security-log/sentences/sentence';
import type { Told, Words } from '@/lib/extras/security-log/sentences/words';

const WORDS: Words = {
  person: (id, username) => ({ text: username, ...(id !== null && { href: `/people/${id}/` }) }),
  group: (_id, name) => ({ text: name }),
  permission: (perm) => (perm === 'articles.publish_article' ? 'Can publish article' : perm),
  raw: (detail) => detail,
};

const NOBODY: Told = {
  event: '',
  ...{ actorId: null, actorUsername: '', subjectId: null, subjectUsername: '' },
  ...{ targetId: null, targetUsername: '', detail: '{}' },
};
const ADMIN = { actorId: 1, actorUsername: 'admin' };
const ADA = { targetId: 2, targetUsername: 'ada' };
const OWN = { actorId: 2, actorUsername: 'ada', ...ADA };

function told(event: string, who: Partial<Told>, detail: object = {}): string {
  const entry = { ...NOBODY, ...who, event, detail: JSON.stringify(detail) };
  return sentenceOf(entry, WORDS)
    .parts.map(({ text }) => text)
    .join('');
}

const RIGHTS = 'privilege_permissions_changed';

describe('an entry of the log is told in a sentence', () => {
  it.each<[string, Partial<Told>, object, string]>([
    ['authn_login_success', OWN, {}, 'ada signed in'],
    [
      'authn_login_successafterfail',
      { actorId: 2, actorUsername: 'ada' },
      { failures: 3 },
      'ada signed in after 3 failed tries',
    ],
    ['authn_login_fail', ADA, {}, 'A sign-in as ada failed'],
    ['authn_login_fail', {}, {}, 'A sign-in as a name that nobody has failed'],
    [
      'authn_login_fail_max',
      ADA,
      { maxLimit: 5 },
      'Signing in as ada has to wait, after 5 failed tries',
    ],
    [
      'excess_rate_limit_exceeded',
      ADA,
      { retryAfter: 1 },
      'A try as ada was refused: it has to wait 1 second',
    ],
    ['authn_password_change', OWN, { proof: 'password' }, 'ada changed their password'],
    [
      'authn_password_change',
      { ...ADMIN, ...ADA },
      { proof: 'admin', isUsable: false },
      'admin took away the password of ada',
    ],
    ['authn_password_change', ADA, { proof: 'command' }, 'A command set the password of ada'],
    [
      'session_expired',
      { actorId: 2, actorUsername: 'ada' },
      { reason: 'logout' },
      'ada signed out',
    ],
    [
      'session_expired',
      { ...ADMIN, ...ADA },
      { reason: 'ended in the admin', sessionsEnded: 2 },
      'admin ended 2 sessions of ada',
    ],
    [
      'authn_token_created',
      { ...ADMIN, ...ADA },
      { kind: 'set-password link' },
      'admin made a link to choose a password for ada',
    ],
    [
      'authz_admin',
      { ...ADMIN, ...ADA },
      { reason: 'waits lifted' },
      'admin let ada try again at once',
    ],
    [
      'user_updated',
      { ...ADMIN, ...ADA },
      { changed: ['firstName', 'email'] },
      'admin changed first name and email of ada',
    ],
    ['user_deleted', { ...ADMIN, ...ADA }, {}, 'admin deleted ada'],
    ['something_new', ADMIN, {}, 'admin: something_new'],
  ])('%s %j %j', (event, who, detail, expected) => {
    expect(told(event, who, detail)).toBe(expected);
  });

  it('names what a group lost, and how many people that is', () => {
    const detail = {
      group: 'Moderators',
      groupId: 3,
      members: 34,
      given: [],
      taken: ['articles.publish_article'],
    };
    expect(told(RIGHTS, ADMIN, detail)).toBe(
      'admin took Can publish article from Moderators (34 people)',
    );
    const both = { ...detail, given: ['articles.view_article'], members: 1 };
    expect(told(RIGHTS, ADMIN, both)).toBe(
      'admin gave Moderators articles.view_article and took Can publish article from it (1 person)',
    );
  });

  it('names a person once, with all that changed of what they may do', () => {
    const detail = {
      ...{ isStaff: true, groupsGiven: ['Editors'], groupsTaken: ['Writers'] },
      ...{ given: [], taken: [], sessionsEnded: 1 },
    };
    expect(told(RIGHTS, { ...ADMIN, ...ADA }, detail)).toBe(
      'admin made ada staff, put them into Editors and took them out of Writers; 1 session ended',
    );
    const gone = { act: 'offboarded', isActive: false, tokensEnded: 2, reason: 'left' };
    expect(told(RIGHTS, { ...ADMIN, ...ADA }, gone)).toBe('admin let ada go; 2 tokens ended: left');
  });

  it('leads to whoever did it and to whom it was done, and says as whom', () => {
    const entry = {
      ...{ ...NOBODY, ...ADMIN, targetId: 3, targetUsername: 'grace' },
      ...{ event: 'user_updated', subjectId: 2, subjectUsername: 'ada' },
    };
    const { parts } = sentenceOf(entry, WORDS);
    expect(parts.flatMap(({ href }) => href ?? [])).toEqual([
      '/people/1/',
      '/people/3/',
      '/people/2/',
    ]);
    expect(parts.map(({ text }) => text).join('')).toContain('(acting as ada)');
  });

  it('whatever else stands in the table', () => {
    const events = fc.constantFrom(RIGHTS, 'authz_admin', 'session_expired', 'user_updated', 'x');
    const detail = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(events, detail, (event, text) => {
        const { parts } = sentenceOf({ ...NOBODY, event, detail: text }, WORDS);
        expect(parts.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
