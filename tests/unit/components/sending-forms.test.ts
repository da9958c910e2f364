import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSource, sourceFiles } from '@/tests/support/sources';

// A form that only asks goes with its text in the address, and Back brings it; one is answered by a file.
const ASKING = [
  'components/admin/list/choice-search.tsx',
  'components/admin/list/search-form.tsx',
  'components/admin/list/views/column-choice.tsx',
  'components/admin/matrix/view/view-form.tsx',
  'components/admin/rights/member-search.tsx',
  'components/forms/download-form.tsx',
  'components/permissions/holders/holder-search.tsx',
  'components/permissions/permission-search.tsx',
  'components/permissions/user-groups.tsx',
].filter((file) => existsSync(file));

// What its answer is does not take the page's place; none of an app that is gone.
const DOWNLOADING = ['components/mfa/recovery-codes.tsx'].filter((file) => existsSync(file));

// Nothing was typed into it, and what does not answer is another site.
const LEAVING = ['components/forms/elsewhere-form.tsx'];

test('every form that changes something survives being sent without an answer', () => {
  const files = [...sourceFiles('app'), ...sourceFiles('components')];
  const withForm = files.filter((file) => /<form\b/.test(readSource(file)));
  const own = [...ASKING, ...DOWNLOADING, ...LEAVING, 'components/sending/sending-form.tsx'];
  expect(withForm).toEqual(own.sort());
  for (const file of ASKING) expect(readSource(file), file).not.toMatch(/[aA]ction=\{\w*[aA]ction/);
});
