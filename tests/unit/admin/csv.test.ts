import { describe, expect, it } from 'vitest';
import { csvLine } from '@/lib/admin/csv';

describe('csvLine', () => {
  it.each([
    ['plain', '"plain"'],
    ['say "hi", now\nthen', '"say ""hi"", now\nthen"'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    [' \t=1', `"' \t=1"`],
    ['\u0000=1', `"'\u0000=1"`],
    ['＝1', `"'＝1"`],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['a=1', '"a=1"'],
    ['', '""'],
  ])('writes %j so that a spreadsheet shows it', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });
});
