import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinModels } from './join-models';

/**
 * The models of each app, its file's text by the app's name, in the order of the names. `folder` holds
 * a file `<app>.prisma` per app; a folder that is not there has none.
 * Django: an app's models.py
 */
export function readAppSchemas(folder: string): ReadonlyMap<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  return new Map(
    names
      .filter((name) => name.endsWith('.prisma'))
      .map((name) => [name.slice(0, -'.prisma'.length), readText(join(folder, name))]),
  );
}

/**
 * The whole schema in PostgreSQL's dialect: `prisma/schema.prisma`, which says what to generate, and
 * the models of the apps behind it, with the other ends of their relations. `folder` is `prisma/`;
 * `apps` are those in its `schema/` unless told. Throws for an app whose relation leads to no model.
 * Django: django/apps/registry.py get_models
 */
export function readSchema(folder: string, apps = readAppSchemas(join(folder, 'schema'))): string {
  return joinModels([readText(join(folder, 'schema.prisma')), ...apps.values()]);
}

function readText(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}
