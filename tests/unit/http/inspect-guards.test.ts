import { describe, expect, it } from 'vitest';
import { inspectGuards } from '@/tests/support/entry-points';

const LOADS = `import '@/lib/site/app-configs';\n`;
const MAKES = `import { guardsOf } from '@/lib/contrib/auth/decorators';\n${LOADS}`;

describe('inspectGuards', () => {
  it.each([
    ['another label', `${MAKES}export const { loginRequired } = guardsOf('market');`],
    ['no label', `${MAKES}export const { loginRequired } = guardsOf(null);`],
    ['a label that runs', `${MAKES}export const { loginRequired } = guardsOf(x);`],
    ['a maker from elsewhere', `${LOADS}export const { loginRequired } = guardsOf('shop');`],
    ['a re-export', `${MAKES}export { loginRequired } from '@/app/(site)/guards';`],
    [
      'a way past the second factor',
      `${MAKES}export const { loginRequired } = guardsOf('shop', { beforeSecondFactor: true });`,
    ],
    ['apps that nothing loads', `${MAKES.replace(LOADS, '')}export const x = guardsOf('shop');`],
  ])('refuses %s', (_, source) => {
    expect(inspectGuards('app/(shop)/guards.ts', source)).toHaveLength(1);
  });

  it('accepts what is made for the label of the group', () => {
    const source = `${MAKES}export const { loginRequired } = guardsOf('shop');`;
    expect(inspectGuards('app/(shop)/guards.ts', source)).toEqual([]);
  });
});
