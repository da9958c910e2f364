import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvText, unguarded } from '@/lib/extras/export/csv';
import { parseCsv, UnreadableFile } from '@/lib/extras/import/parse-csv';
import { readFile } from '@/lib/extras/import/read-file';

const cellsOf = (text: string) => parseCsv(text, 100).map(({ cells }) => cells);

describe('parseCsv', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['a\r"x\ny"\r', [['a'], ['x\ny']]],
    ['"say ""hi""",b', [['say "hi"', 'b']]],
    ['a\n\n\r\nb\n', [['a'], ['b']]],
    ['"",""\n', [['', '']]],
    ['', []],
  ])('reads %j', (text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it('counts lines as an editor does', () => {
    expect(parseCsv('a\r\n"x\r\ny",\r\nz', 9).map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it.each([
    ['a\n"b', 'Line 2 cannot be read. A quote is opened'],
    ['a"b', 'Line 1 cannot be read. A quote stands in the middle'],
    ['"a"b', 'Line 1 cannot be read. Something stands behind'],
    ['a\n'.repeat(101), 'The file has more than 99 rows'],
  ])('refuses %j with the line', (text, message) => {
    expect(() => parseCsv(text, 100)).toThrow(UnreadableFile);
    expect(() => parseCsv(text, 100)).toThrow(message);
  });

  it('reads back what the export writes, formulas and apostrophes too', () => {
    const piece = fc.constantFrom(..."=+-@＝;\t\n\r\"', |a1\u00a0\u200b\u0085\u2028'");
    const text = fc.array(piece, { maxLength: 12 }).map((each) => each.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 3 }), (texts) => {
        const [row = []] = cellsOf(csvLine(texts));
        expect(row).toEqual(texts.map((each) => csvText(each)));
        expect(row.map(unguarded)).toEqual(texts);
      }),
      { numRuns: 500, seed: 17 },
    );
  });
});

describe('readFile', () => {
  const file = (content: BlobPart, name = 'rows.csv', type = 'text/csv') =>
    readFile(new File([content], name, { type }));

  it('takes a file as browsers and spreadsheets send it', async () => {
    const read = { header: ['id', 'title'], rows: [{ line: 2, cells: ['1', 'x'] }] };
    for (const [name, type] of [
      ['a.csv', 'text/csv; charset=utf-8'],
      ['A.CSV', 'application/vnd.ms-excel'],
      ['a.csv', ''],
    ]) {
      expect(await file('\ufeff"id","title"\r\n1,x\r\n', name, type)).toMatchObject(read);
    }
  });

  it.each([
    ['no file', null, 'Choose a file.'],
    ['a text', 'id,title', 'Choose a file.'],
    ['nothing', new File([], ''), 'Choose a file.'],
    ['an empty one', new File([''], 'a.csv', { type: 'text/csv' }), 'The file is empty.'],
    ['a picture', new File(['x'], 'a.csv', { type: 'image/png' }), 'Send a CSV file'],
    ['a sheet', new File(['x'], 'a.xlsx', { type: 'text/csv' }), 'Send a CSV file'],
    ['Latin-1', new File([new Uint8Array([97, 10, 0xe9])], 'a.csv'), 'The file is not UTF-8'],
    ['UTF-16', new File([new Uint8Array([0xff, 0xfe, 97, 0])], 'a.csv'), 'The file is not UTF-8'],
    ['semicolons', new File(['id;title\n1;x'], 'a.csv'), 'divided by semicolons'],
    ['a header alone', new File(['id,title\n'], 'a.csv'), 'a header and no rows'],
    ['a row too short', new File(['id,title\n1'], 'a.csv'), 'Line 2 has 1 value, the header has 2'],
  ])('refuses %s', async (_what, sent, message) => {
    await expect(readFile(sent)).rejects.toThrow(message);
  });
});
