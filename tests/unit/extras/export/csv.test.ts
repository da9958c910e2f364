import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvText, unguarded } from '@/lib/extras/export/csv';

describe('csvLine', () => {
  it.each([
    ['plain', '"plain"'],
    ['say "hi", now\nthen', '"say ""hi"", now\nthen"'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    [' \t=1', `"' \t'=1"`],
    ['\u0000=1', `"'\u0000=1"`],
    ['＝1', `"'＝1"`],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['a=1', '"a=1"'],
    ['', '""'],
    ['"=1', `"'""=1"`],
    ['\u200b=1', `"'\u200b=1"`],
    ['a;=cmd', `"a;'=cmd"`],
    ['a; "=cmd', `"a; ""'=cmd"`],
    ['a\t@x', `"a\t'@x"`],
    ['a\n-1', `"a\n'-1"`],
    ['a;b, -1 and c=2', '"a;b, -1 and c=2"'],
  ])('writes %j so that a spreadsheet shows it', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });

  it('leaves no formula at the start of a cell, whatever separates cells where it is opened', () => {
    const piece = fc.constantFrom(...'=+-@＝＋－＠;\t\n\r"\', |a1\u00a0\u0000\u200b\u0085\u2028');
    const text = fc.array(piece, { maxLength: 12 }).map((each) => each.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
        const line = csvLine(['1', ...texts]);
        for (const separator of [',', ';', '\t']) {
          for (const cell of cellsOf(line, separator)) {
            expect([separator, cell, /^[\s\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠]/u.test(cell)]).toEqual([
              separator,
              cell,
              false,
            ]);
          }
        }
      }),
      { numRuns: 3000, seed: 15 },
    );
  });
});

describe('csvText and unguarded', () => {
  it.each([' ', '\t', '"', ';', "'", ' ;', "; '"])('go once through a long run of %j', (piece) => {
    const run = piece.repeat(200_000 / piece.length);
    for (const text of [run, `x${run}x`, `;${run}=1`, `x${run}-`]) {
      expect(unguarded(csvText(text)) === text).toBe(true);
    }
  });
});

/** As a spreadsheet reads lines: quotes count at the start of a cell only. */
function cellsOf(text: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = text;
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const after = rest.slice(quoted?.[0].length ?? 0);
    const end = [...after].findIndex((unit) => unit === separator || /[\r\n]/.test(unit));
    const tail = end < 0 ? after : [...after].slice(0, end).join('');
    cells.push((quoted?.[1]?.replaceAll('""', '"') ?? '') + tail);
    rest = after.slice(tail.length + 1);
  }
  return cells;
}
