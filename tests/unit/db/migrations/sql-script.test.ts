import { describe, expect, it } from 'vitest';
import { splitStatements } from '@/lib/db/migrations/sql-script';

describe('splitStatements', () => {
  it('cuts at semicolons and leaves comments out', () => {
    const script = '-- one; two\nCREATE TABLE a (b int); /* c; */ DROP TABLE a;\n;';
    expect(splitStatements(script)).toEqual(['CREATE TABLE a (b int)', 'DROP TABLE a']);
  });

  it('keeps semicolons and dashes in quotes, and a division', () => {
    const script = `INSERT INTO a VALUES ('x;''y--z', 4/2-1); SELECT ";" FROM a`;
    expect(splitStatements(script)).toEqual([
      `INSERT INTO a VALUES ('x;''y--z', 4/2-1)`,
      'SELECT ";" FROM a',
    ]);
  });

  it('keeps a trigger whole', () => {
    const trigger = 'CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END';
    expect(splitStatements(`${trigger};\nSELECT 1;`)).toEqual([trigger, 'SELECT 1']);
  });
});
