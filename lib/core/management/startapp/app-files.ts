import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppNames } from './names';

const TEMPLATES = join(import.meta.dirname, '../../../conf/app-template');

/** The folders and files that belong to an app alone, from the root; a new app finds none of them. */
export function placesOf({ app }: Pick<AppNames, 'app'>): string[] {
  return [
    `lib/site/${app}`,
    `app/(${app})`,
    `components/${app}`,
    `prisma/schema/${app}.prisma`,
    `prisma/migrations/schema/${app}.prisma`,
    `tests/integration/site/${app}`,
  ];
}

/**
 * The files of a new app as they are written, text by path from the root, the migrations apart. The
 * templates are in `lib/conf/app-template`.
 * Django: django/conf/app_template
 */
export function appFiles(names: AppNames): ReadonlyMap<string, string> {
  const { app, file } = names;
  const [site, pages] = [`lib/site/${app}`, `app/(${app})/${app}`];
  const tests = `tests/integration/site/${app}`;
  const ofSite = ['apps', 'config', 'models', 'forms', 'signals', 'receivers', 'admin'];
  const targets: [template: string, path: string][] = [
    ...ofSite.map((name): [string, string] => [`${name}.ts`, `${site}/${name}.ts`]),
    ['command.ts', `${site}/management/commands/archive${app}.ts`],
    ['guards.ts', `app/(${app})/guards.ts`],
    ['actions.ts', `${pages}/actions.ts`],
    ['form.tsx', `${pages}/form.tsx`],
    ['list-page.tsx', `${pages}/page.tsx`],
    ['add-page.tsx', `${pages}/add/page.tsx`],
    ['detail-page.tsx', `${pages}/[id]/page.tsx`],
    ['change-page.tsx', `${pages}/[id]/change/page.tsx`],
    ['list.tsx', `components/${app}/${file}-list.tsx`],
    ['model.prisma', `prisma/schema/${app}.prisma`],
    ['models.test.ts', `${tests}/models.test.ts`],
    ['pages.test.ts', `${tests}/pages.test.ts`],
  ];
  return new Map(targets.map(([template, path]) => [path, fill(template, names)]));
}

function fill(template: string, names: AppNames): string {
  const text = readFileSync(join(TEMPLATES, `${template}-tpl`), 'utf8').replaceAll('\r\n', '\n');
  return text.replace(/\{\{ ([\w ]+) \}\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`${template} asks for "${name}", which no name is.`);
    return value;
  });
}
