import { describe, expect, it } from 'vitest';
import { SuspiciousFileOperation } from '@/lib/core/exceptions';
import {
  generateFilename,
  getAlternativeName,
  getValidFilename,
  validateFileName,
} from '@/lib/core/files/names';

const NOW = new Date('2026-02-03T23:59:59Z');

describe('the name of a file', () => {
  it('is made of one that somebody gave, whatever path or sign was in it', () => {
    const made = {
      'my photo.png': 'my_photo.png',
      '../../etc/passwd': 'passwd',
      'C:\\temp\\a.png': 'a.png',
      'a\0b.png': 'ab.png',
      '..': '',
      '.htaccess': 'htaccess',
      'a/..': '',
      'ünïcode-文.png': 'ünïcode-文.png',
      '"><script>.png': 'script.png',
      'a.png/': '',
      'a\u202egnp.exe': 'agnp.exe',
    };
    for (const [sent, valid] of Object.entries(made)) expect(getValidFilename(sent)).toBe(valid);
  });

  it('lies in the folder of its field and of the day, and is never the same twice', () => {
    const one = generateFilename('photos/%Y/%m/%d', '../Me & you.PNG', NOW);
    expect(one).toMatch(/^photos\/2026\/02\/03\/Me__you_[a-z0-9]{12}\.png$/);
    expect(generateFilename('photos/%Y/%m/%d', '../Me & you.PNG', NOW)).not.toBe(one);
    expect(generateFilename('', '///', NOW)).toMatch(/^file_[a-z0-9]{12}$/);
    const long = generateFilename('a/', `${'😀x'.repeat(300)}.png`, NOW);
    expect([...long].length).toBeLessThan(90);
    expect(long.isWellFormed()).toBe(true);
  });

  it('is cut where the column is short, and refused where nothing would be left', () => {
    const cut = getAlternativeName('a/bcdefghij.png', 20);
    expect(cut).toMatch(/^a\/bcdefg_[a-z0-9]{7}\.png$/);
    expect(() => getAlternativeName('a/bcd.png', 13)).toThrow(SuspiciousFileOperation);
  });

  it('is refused where it could lead out of the storage', () => {
    for (const name of [
      ...[
        '',
        '.',
        '..',
        '/a',
        'a/',
        'a//b',
        '../a',
        'a/../../b',
        'a/./b',
        'a\\..\\b',
        'c:a',
        'a\0',
      ],
      ...['a\n', `${'a/'.repeat(300)}b`, '\ud800'],
    ]) {
      expect(() => validateFileName(name), JSON.stringify(name)).toThrow(SuspiciousFileOperation);
    }
    for (const name of ['a', 'a/b.png', '...a', 'a..b/c']) validateFileName(name);
  });
});
