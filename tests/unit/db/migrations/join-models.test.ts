import { describe, expect, it } from 'vitest';
import { joinModels } from '@/lib/db/migrations/join-models';

const USER = 'model User {\n  id Int @id\n}\n';

const linesOf = (schema: string) => schema.split('\n').map((line) => line.trim());

/** A model with a key to the user, `words` beside its relation. */
function keyed(name: string, words = '', key = '@map("owner_id")') {
  return `model ${name} {
  id      Int  @id
  ownerId Int  ${key}
  owner   User @relation(${words}fields: [ownerId], references: [id])
}
`;
}

describe('joinModels', () => {
  it('adds the other end of a key, named as Django names it', () => {
    const joined = joinModels([USER, keyed('LogEntry')]);
    expect(linesOf(joined)).toContain('logEntrySet LogEntry[]');
    expect(joined).toContain(keyed('LogEntry'));
  });

  it('names it like the relation, which tells two keys of one model apart', () => {
    const second =
      '  editorId Int\n  editor User @relation("edited", fields: [editorId], references: [id])\n}\n';
    const article = keyed('Article', 'name: "written", ').replace(/}\n$/, second);
    const lines = linesOf(joinModels([USER, article]));
    expect(lines).toContain('written Article[] @relation("written")');
    expect(lines).toContain('edited Article[] @relation("edited")');
  });

  it('makes the other end of a unique key a single one', () => {
    expect(linesOf(joinModels([USER, keyed('Profile', '', '@unique')]))).toContain(
      'profile Profile?',
    );
  });

  it('leaves a model alone that names its ends itself', () => {
    const user = 'model User {\n  id Int @id\n  cars Car[]\n}\n';
    expect(joinModels([user, keyed('Car')])).toBe(`${user}\n${keyed('Car')}\n`);
  });

  it('adds none for what only looks like a relation in a comment', () => {
    const commented = USER.replace('}', '  // owner User @relation(fields: [ownerId])\n}');
    expect(joinModels([commented])).toBe(`${commented}\n`);
  });

  it('makes both ends of a list that has no key at either end', () => {
    const tag = 'model Tag {\n  id Int @id\n}\n';
    const post = 'model Post {\n  id Int @id\n  tags Tag[]\n}\n';
    expect(linesOf(joinModels([tag, post]))).toContain('postSet Post[]');
    const both = `model Tag {\n  id Int @id\n  posts Post[]\n}\n`;
    expect(linesOf(joinModels([both, post]))).not.toContain('postSet Post[]');
  });

  it('makes the other end of a key that is the id a single one', () => {
    const profile = keyed('Profile')
      .replace('  id      Int  @id\n', '')
      .replace('ownerId Int ', 'ownerId Int @id');
    expect(linesOf(joinModels([USER, profile]))).toContain('profile Profile?');
  });

  it('refuses two models of one name, and says what to do', () => {
    expect(() => joinModels([USER, USER])).toThrow('Two apps have a model User: begin the name');
  });

  it('refuses a key to a model that is in no file', () => {
    expect(() => joinModels([keyed('Car')])).toThrow('Car has a relation to User');
  });
});
