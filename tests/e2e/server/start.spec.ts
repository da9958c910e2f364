import { expect, test } from '../fixtures';

const CASES: [what: string, env: Record<string, string>, says: RegExp][] = [
  ['a missing secret', { SECRET_KEY: '' }, /SECRET_KEY is not set/],
  ['a short secret', { SECRET_KEY: 'hunter2' }, /SECRET_KEY is too weak/],
  ['an unreachable database', { DATABASE_URL: 'postgres://u@127.0.0.1:1/none' }, /reach/],
  ['an unmigrated database', { DATABASE_URL: 'file:./var/never-migrated.sqlite3' }, /migrate/],
  ['an unknown kind of database', { DATABASE_URL: 'mysql://u@h/n' }, /DATABASE_URL/],
];

// One of each way in which a start is given up; what else is said is tested where it is found.
const TRIED = process.env['TEST_LONG']
  ? CASES
  : CASES.filter(([what]) => /missing|unmigrated/.test(what));

for (const [what, env, says] of TRIED) {
  test(`${what} stops the start with one sentence`, { tag: '@no-javascript-only' }, async ({
    server,
    serve,
  }) => {
    const started = serve(server.databaseUrl, env);
    const error = await started.then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(says);
    expect(error?.message).not.toMatch(/hunter2|node_modules|\n\s+at /);
  });
}
