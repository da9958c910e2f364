import { utimesSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';
import { db } from '@/lib/db/client';
import { command } from '@/lib/extras/files/management/commands/clearunusedfiles';
import { freshDatabase } from '@/tests/support/database';
import { mediaFiles, mediaFolder, mediaPath } from '@/tests/support/files/media-folder';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);
beforeAll(mediaFolder);

async function keep(name: string, hoursOld: number): Promise<string> {
  const kept = await (await defaultStorage()).save(name, new Blob(['12345']));
  const then = new Date(Date.now() - hoursOld * 3_600_000);
  utimesSync(mediaPath(kept), then, then);
  return kept;
}

it('deletes what no row names, of the folders of fields, once it is old', async () => {
  const used = await keep('articles/used.png', 100);
  const now = new Date();
  const data = {
    title: 'T',
    body: '',
    isPublished: true,
    created: now,
    modified: now,
    cover: used,
  };
  await db.article.create({ data });
  const young = await keep('articles/young.png', 20);
  const old = await keep('articles/old.png', 30);
  const part = await keep('articles/.half.part', 30);
  const elsewhere = await keep('elsewhere/old.png', 30);

  const dry = await run(command, ['--dry-run']);
  expect(dry).toMatchObject({ status: 0, out: expect.arrayContaining([old, part]) });
  expect(dry.out.at(-1)).toBe('Would delete 2 files, 10 bytes.');
  expect((await mediaFiles()).length).toBe(5);

  expect((await run(command, [])).out.at(-1)).toBe('Deleted 2 files, 10 bytes.');
  expect(await mediaFiles()).toEqual([used, young, elsewhere].sort());
  const later = await run(command, ['--older-than', '10']);
  expect(later.out).toEqual([young, 'Deleted 1 file, 5 bytes.']);
  expect(await mediaFiles()).toEqual([used, elsewhere].sort());
  expect(await run(command, ['--older-than', 'x'])).toMatchObject({ status: 2 });
});
