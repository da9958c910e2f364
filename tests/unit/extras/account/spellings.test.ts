import { describe, expect, it } from 'vitest';
import { foldCase } from '@/lib/core/fold-case';
import { spellingsPattern } from '@/lib/extras/account/username/spellings';

/** LIKE, as both databases have it. */
function isLike(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\(.)|([%_])|[.+*?^${}()|[\]]/gu, (found, escaped, wild) => {
    if (wild) return wild === '%' ? '.*' : '.';
    return escaped === '\\' ? '\\\\' : (escaped ?? `\\${found}`);
  });
  return new RegExp(`^${source}$`, 'su').test(text);
}

const asciiUpper = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

describe('spellingsPattern', () => {
  it('finds a name with any letter that is folded to another, by what it is folded to', () => {
    const missed: string[] = [];
    for (let point = 0; point < 0x20000; point += 1) {
      const letter = String.fromCodePoint(point);
      if (!/\p{L}/u.test(letter) || letter.normalize('NFKC') !== letter) continue;
      if (point > 0x7f && foldCase(letter) === letter) continue;
      for (const name of [`a${letter}b`, `s${letter}s`, `${letter}${letter}`]) {
        if (!isLike(asciiUpper(name), spellingsPattern(foldCase(name)))) missed.push(name);
      }
    }
    expect(missed).toEqual([]);
  });

  it.each([
    ['a_b', 'AXB'],
    ['a%b', 'AXXB'],
    ['a\\b', 'AB'],
    ['иван', 'ИВАНА'],
    ['añb', 'AÑC'],
  ])('of %j leaves %j', (folded, other) => {
    expect(isLike(other, spellingsPattern(folded))).toBe(false);
    expect(isLike(asciiUpper(folded), spellingsPattern(folded))).toBe(true);
  });
});
