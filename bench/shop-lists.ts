import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setup } from '@/tests/support/every-type/make';

/**
 * What `getChangeList` takes of a list of a million products, with decimals, dates, an enum and lines, on
 * both databases: the statements, in a process of the site that has these models.
 */
export async function measureShopLists(): Promise<void> {
  setup();
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, 'shop/measure.ts')],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        TSX_TSCONFIG_PATH: path.join(import.meta.dirname, 'shop/tsconfig.json'),
      },
    },
  );
  if (status !== 0) throw new Error('The lists of products could not be measured.');
}
