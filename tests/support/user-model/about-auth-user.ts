/**
 * Tests of `auth.User` in files that otherwise hold for every user model, by file and title: of a
 * username beside an address, of columns and labels by name, and of rows written by hand.
 */
export const ABOUT_AUTH_USER: readonly (readonly [file: string, titles: RegExp])[] = [
  ['users/user-model', /^describes auth\.User$/],
  ['management/user-model-commands', /^has its fields as options/],
  ['auth/authenticate', /^refuses an email address for the username/],
  ['auth/many-groups', /^is saved with all of them/],
  ['permissions/permissions', /^(lists groups, empty ones too|wants the whole label)/],
  ['remote-user/remote-user', /^(ends it also when the other|takes a name that no row can hold)/],
  ['admin/user-actions', /^take more users than one statement/],
  ['deletion/foreign-rows', /^is found by keys of several columns/],
  ['form/concurrent-edits', /^is enough for what gives nobody a right/],
  ['form/save', /^(reads no password|changes what differs|refuses a user whose|stores names)/],
  ['list/list-fuzz', /^takes every character/],
  ['export/export', /^(has what the query leaves|is read in batches)/],
  ['grant-rules/identity', /(^of |staff status|: email|: username|that is the name of)/],
  ['security-log/admin', /^tells changes of what/],
  ['throttling/sign-in', /^(count |is known by the address)/],
  ['why/holder-list', /^pages in the same way through more/],
];
