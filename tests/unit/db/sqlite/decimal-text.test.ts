import { describe, expect, it } from 'vitest';
import { Prisma } from '@/lib/db/client';
import { decimalOfText, decimalText } from '@/lib/db/sqlite/decimal-text';
import { columnOfParameter } from '@/lib/db/sqlite/parameter-column';

/** Numbers of every size and sign, the same at each run. */
function numbers(): Prisma.Decimal[] {
  let seed = 20_261_128;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const digits = (count: number) => Array.from({ length: count }, () => next(10)).join('');
  return Array.from({ length: 400 }, () => {
    const text = `${next(2) === 0 ? '-' : ''}${digits(1 + next(25))}.${digits(1 + next(12))}`;
    return new Prisma.Decimal(text);
  });
}

describe('decimalText', () => {
  it('sorts as the numbers do, and comes back as they were', () => {
    const all = numbers();
    const sorted = all.toSorted((one, other) => one.comparedTo(other));
    const texts = all.map((each) => decimalText(each)).toSorted();
    expect(texts).toEqual(sorted.map((each) => decimalText(each)));
    expect(texts.map((text) => new Prisma.Decimal(decimalOfText(text) ?? 'NaN'))).toEqual(sorted);
  });

  it('is one text for one number', () => {
    for (const same of ['0.10', '0.1', '00.1', '1e-1', '+0.100']) {
      expect(decimalText(same)).toBe('p001#0.1');
    }
    for (const zero of ['0', '-0', '0.00']) expect(decimalText(zero)).toBe('p001#0');
    expect(decimalText('-10.5')).toBe('n997#89.4~');
  });

  it('takes nothing that is no number, and finds none in other texts', () => {
    for (const wrong of ['NaN', 'Infinity', '1e1000']) {
      expect(() => decimalText(wrong)).toThrow(RangeError);
    }
    for (const text of ['', '0.1', 'p1#1', 'x001#1', 'p001#1; DROP'])
      expect(decimalOfText(text)).toBeNull();
  });
});

describe('columnOfParameter', () => {
  it.each([
    [
      'INSERT INTO `main`.`t` (`a`, `b`) VALUES (?,?), (?,?) RETURNING `id` AS `id`',
      ['t.a', 't.b', 't.a', 't.b'],
    ],
    [
      'UPDATE `main`.`t` SET `a` = ?, `b` = ? WHERE (`main`.`t`.`c` = ? AND 1=1)',
      ['t.a', 't.b', 't.c'],
    ],
    [
      'SELECT 1 FROM `t` WHERE `t`.`a` IN (?,?,?) AND `t`.`b` >= ? LIMIT ? OFFSET ?',
      ['t.a', 't.a', 't.a', 't.b', null, null],
    ],
    ['SELECT 1 FROM "one" AS t WHERE t."a" NOT IN (?) OR t."b" <> ?', ['one.a', 'one.b']],
    [
      'SELECT 1 FROM `main`.`one` AS `t0` LEFT JOIN `main`.`two` AS `j0` ON (`j0`.`a` = ?) WHERE `t0`.`a` = ?',
      ['two.a', 'one.a'],
    ],
    [
      'SELECT 1 FROM `one`, (SELECT 1) AS `sub` WHERE `sub`.`a` = ? AND `a` = ?',
      ['one.a', 'one.a'],
    ],
    ['SELECT 1 WHERE `a` = ?', ['.a']],
    ['SELECT ? AS x', [null]],
  ])('reads %s', (sql, columns) => {
    const read = columns.map((_, place) => columnOfParameter(sql, place));
    expect(read.map((each) => each && `${each.tables.join()}.${each.column}`)).toEqual(columns);
  });
});
