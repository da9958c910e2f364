import type { Outcome } from './outcome';
import type { World } from './world';

/** Where a step does not come to what it comes to with Django, on purpose. */
export type Difference = {
  /** The topic in docs/differences.md. */
  topic: string;
  steps: RegExp;
  /** What it comes to here; what is not named is as with Django. */
  ours: (django: Outcome) => Partial<Outcome>;
};

// What the history says here of rights, behind what Django says too.
const MOVES = [
  [
    'Staff status, Groups and User permissions.',
    / Username,/,
    'Given auth.view_group and auth.add_user; added to Readers and Script B.',
  ],
  [
    'Staff status, Groups and User permissions.',
    /Changed Staff/,
    'Taken auth.view_group; removed from Readers.',
  ],
  ['Changed Name and Permissions.', /./, 'Given auth.delete_group and auth.view_permission.'],
  ['Changed Permissions.', /./, 'Taken auth.delete_group.'],
] as const;

function withMoves(row: string): string {
  const moved = MOVES.find(([end, what]) => row.endsWith(end) && what.test(row));
  return moved ? `${row} ${moved[2]}` : row;
}

const DATES = /^(?:last_login|date_joined)_/;
const dates = '`last_login`, `date_joined` in the form of a user';

export const DIFFERENCES: Difference[] = [
  {
    topic: 'signing in to the admin',
    steps: /^a stranger asks|^and a stranger again$/,
    ours: ({ address }) => ({ address: address.replace('/admin/login/', '/accounts/login/') }),
  },
  {
    topic: 'signing in to the admin',
    steps: /^a wrong password$/,
    ours: () => ({
      address: '/accounts/login/?next=/admin/login/%3Fnext%3D%252Fadmin%252Fauth%252F',
    }),
  },
  {
    topic: 'signing in to the admin without being staff',
    steps: /^who is not of the staff signs in$/,
    ours: () => ({ status: 403, address: '/admin/' }),
  },
  {
    topic: 'signing out of the admin',
    steps: /^sign out$/,
    ours: () => ({ address: '/' }),
  },
  {
    topic: 'words of errors about names, addresses and weak passwords',
    steps: /^a name with a space$/,
    ours: () => ({ unsaid: ['Enter a valid username.'] }),
  },
  {
    topic: 'words of errors about names, addresses and weak passwords',
    steps: /^a weak password$/,
    ours: () => ({
      unsaid: ['This password is too common.', 'This password is entirely numeric.'],
    }),
  },
  {
    topic: 'words of errors about names, addresses and weak passwords',
    steps: /^no email address$/,
    ours: () => ({ unsaid: ['Enter a valid email address.'] }),
  },
  {
    topic: dates,
    steps: /^the form afterwards$/,
    ours: ({ rows }) => ({ rows: rows.filter((row) => !DATES.test(row)) }),
  },
  {
    topic: dates,
    steps: /^the dates$/,
    ours: () => ({ missing: ['date_joined_0', 'date_joined_1', 'last_login_0', 'last_login_1'] }),
  },
  {
    topic: 'what a change of rights gave and took',
    steps: /^the history of a group$/,
    ours: ({ rows }) => ({ rows: rows.map(withMoves) }),
  },
  {
    topic: dates,
    steps: /^the history of a user$/,
    ours: ({ rows }) => ({
      rows: rows.map((row) =>
        withMoves(row.replace('Changed Last login and Date joined.', 'No fields changed.')),
      ),
    }),
  },
  {
    topic: 'after rows are deleted from a list',
    steps: /^yes, it$/,
    ours: ({ address }) => ({ address: address.replace('p=2&', '') }),
  },
  {
    topic: '`select_across`',
    steps: /^delete all that a filter leaves\?$/,
    ours: () => ({ missing: ['select_across'] }),
  },
  {
    // Of a number that no column holds Django 3.2 makes a 500.
    topic: 'a missing or malformed id in the admin',
    steps: /^(?:change|delete|history) of /,
    ours: ({ what }) => {
      const [page, , id] = what.split(' ');
      return { status: 404, address: `/admin/auth/user/${id}/${page}/` };
    },
  },
];

/** What Django leaves in the tables, as it is left here. */
export function asHere({ users, acts, ...world }: World): World {
  return {
    ...world,
    users: users.map((user) => {
      // Who is not staff has signed in, to be refused in the admin; and the dates are only read.
      if (user.username === 'plain') return { ...user, hasSignedIn: true };
      if (user.username !== 'script-ä') return user;
      return { ...user, dateJoined: 'now', hasSignedIn: false };
    }),
    acts: acts.map((line) => line.replace(/\[\{.*"Last login", "Date joined".*/, '[]')),
  };
}

/** Steps that the script takes where a password can be taken away: from Django 5.1 on. */
export const NEWER_STEPS = [
  'no password, by the wrong button',
  'no password',
  'a password once more',
];

/** Whether a line of the history is theirs. Django tells of a password taken away as of no change. */
export function isOfNewerStep(line: string): boolean {
  return line.includes(' · 2 · 136 · script-b · ');
}

/** A line of the history without what Django passes over of its message: what was given and taken. */
export function withoutMoves(line: string): string {
  return line.replace(/, \{"moved".*?\]\}\}/, '');
}
