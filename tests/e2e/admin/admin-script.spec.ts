import { findDjango } from '@/tests/oracle/find-django';
import {
  asHere,
  DIFFERENCES,
  type Difference,
  isOfNewerStep,
  NEWER_STEPS,
  withoutMoves,
} from '../../support/admin-script/differences';
import { startDjangoSite } from '../../support/admin-script/django-site';
import { driveAdmin } from '../../support/admin-script/drive-admin';
import type { Outcome } from '../../support/admin-script/outcome';
import { fillWorld, PEOPLE, readWorld } from '../../support/admin-script/world';
import { createSqlite, withDatabase } from '../../support/e2e/environment';
import { readSource } from '../../support/sources';
import { expect, test } from '../fixtures';

test('one script drives Django’s admin and this one', { tag: '@no-javascript-only' }, async ({
  serve,
  makeDatabase,
}) => {
  const python = findDjango();
  if (!python) {
    const words = 'No Python here has Django; DJANGO_PYTHON may name one.';
    expect(process.env['CI'], `${words} In CI it may not be missing.`).toBeFalsy();
    console.warn(`\nSKIPPED: the script beside Django. ${words}\n`);
    test.info().skip(true, words);
    return;
  }
  const start = new Date();
  const here = await serve(await makeDatabase(createSqlite));
  const django = await startDjangoSite(python);
  try {
    for (const { databaseUrl } of [here, django]) await withDatabase(databaseUrl, fillWorld);
    const [ours, djangos] = await Promise.all([
      driveAdmin(here.url, PEOPLE),
      driveAdmin(django.url, PEOPLE),
    ]);
    expect(djangos.filter(({ unsaid }) => unsaid.length > 0)).toEqual([]);
    const both = new Set(djangos.map(({ what }) => what));
    expect(ours.filter(({ what }) => !both.has(what)).map(({ what }) => what)).toEqual(
      both.has('no password') ? [] : NEWER_STEPS,
    );
    expect(ours.filter(({ what }) => both.has(what))).toEqual(djangos.map(expectedHere));
    expect(DIFFERENCES.filter((each) => !isToldAndTrue(each, djangos))).toEqual([]);

    const read = ({ databaseUrl }: { databaseUrl: string }) =>
      withDatabase(databaseUrl, () => readWorld(start));
    const [left, expected] = [await read(here), asHere(await read(django))];
    expect(left.acts.filter(isOfNewerStep)).toHaveLength(2);
    for (const world of [left, expected])
      world.acts = world.acts.filter((line) => !isOfNewerStep(line));
    left.acts = left.acts.map(withoutMoves);
    expect(left).toEqual(expected);
    console.info(
      `admin script: ${djangos.length} steps as with Django ${python.version.join('.')}`,
    );
  } finally {
    await django.stop();
  }
});

const documented = readSource('docs/differences.md');

/** Whether a difference has its row, and is one. */
function isToldAndTrue({ topic, steps, ours }: Difference, djangos: readonly Outcome[]): boolean {
  const same = djangos
    .filter(({ what }) => steps.test(what))
    .filter((each) => JSON.stringify({ ...each, ...ours(each) }) === JSON.stringify(each));
  const isAny = djangos.some(({ what }) => steps.test(what));
  return documented.includes(`| ${topic} |`) && isAny && same.length === 0;
}

/** What a step that came to this with Django shall come to here. */
function expectedHere(django: Outcome): Outcome {
  const listed = DIFFERENCES.filter(({ steps }) => steps.test(django.what));
  return Object.assign({}, django, ...listed.map(({ ours }) => ours(django)));
}
