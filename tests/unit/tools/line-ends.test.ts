import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '@/tests/support/sources';

const isClone = existsSync(path.join(repositoryRoot, '.git'));

describe('.gitattributes', () => {
  it.skipIf(!isClone)(
    'gives every text the line ends that the formatter wants, on Windows too',
    () => {
      const files = execFileSync('git', ['ls-files', '--eol'], {
        cwd: repositoryRoot,
        encoding: 'utf8',
      });
      const lines = files.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(500);
      const texts = lines.filter((line) => !line.includes('attr/-text'));
      expect(texts.filter((line) => !/^i\/(lf|none) .*attr\/text=auto eol=lf/.test(line))).toEqual(
        [],
      );
      const others = lines.filter((line) => line.includes('attr/-text'));
      expect(others.every((line) => /\.(gz|ico|png)$/.test(line))).toBe(true);
    },
  );
});
