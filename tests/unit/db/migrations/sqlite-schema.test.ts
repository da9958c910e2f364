import { describe, expect, it } from 'vitest';
import { readSchema } from '@/lib/db/migrations/schema-files';
import { deriveSqliteSchema } from '@/lib/db/migrations/sqlite-schema';

describe('deriveSqliteSchema', () => {
  const schema = readSchema('prisma');
  const derived = deriveSqliteSchema(schema);

  it('changes the provider and drops what SQLite does not have', () => {
    expect(derived).toContain('provider = "sqlite"');
    expect(derived).toMatch(/output += "\.\/sqlite"/);
    expect(derived).not.toMatch(/@db\.|postgresql/);
    expect(derived).not.toMatch(/@relation\([^)]*map:/);
  });

  it('keeps every model, field and index', () => {
    const shape = (text: string) =>
      text
        .split('\n')
        .filter((line) => /^(model| {2}\w| {2}@@)/.test(line))
        .map((line) => line.trim().split(/\s+/).slice(0, 2).join(' '));
    const withoutConfiguration = (lines: string[]) =>
      lines.slice(lines.findIndex((line) => line.startsWith('model ')));
    expect(withoutConfiguration(shape(derived))).toEqual(withoutConfiguration(shape(schema)));
  });

  it('drops what only PostgreSQL’s indexes, ids and types have', () => {
    const model = `model A {
  id String @id(map: "a_pkey") @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  price Decimal @db.Decimal(12, 2)
  @@index([price], map: "a_price", type: Hash)
  @@id([id, price], map: "pk")
}
`;
    expect(deriveSqliteSchema(model)).toBe(`model A {
  id String @id @default(uuid())
  price Decimal
  @@index([price], map: "a_price")
  @@id([id, price])
}
`);
  });

  it.each([
    ['tags String[]', 'A.tags is a list of values'],
    ['n Int @default(dbgenerated("random()"))', 'A.n has a default that only PostgreSQL can make'],
  ])('refuses %s, with model and field', (line, told) => {
    expect(() => deriveSqliteSchema(`model A {\n  ${line}\n}\n`)).toThrow(told);
  });

  it('makes the same of a schema with the line ends of Windows', () => {
    const windows = deriveSqliteSchema(schema.replaceAll('\n', '\r\n'));
    expect(windows).not.toMatch(/generator meta/);
    expect(windows.replaceAll('\r\n', '\n')).toBe(derived);
  });
});
