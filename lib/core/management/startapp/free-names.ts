import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@/lib/core/management/base';
import { placesOf } from './app-files';
import type { AppNames } from './names';

/**
 * Throws CommandError, with what is in the way, unless the names of a new app are free below `root`:
 * its label, its folders, its address, its migrations, its model. `labels` are those of the apps that
 * there are.
 * Django: core/management/templates.py TemplateCommand.validate_name, which tries to import the name
 */
export function requireFree(root: string, names: AppNames, labels: readonly string[]): void {
  const { app, Model } = names;
  if (labels.includes(app)) throw new CommandError(`There is an app "${app}" already.`);
  const taken = [...placesOf(names), ...addressesOf(root, app)].find((place) =>
    existsSync(join(root, place)),
  );
  if (taken) throw new CommandError(`"${app}" is not free: ${taken} is there already.`);
  for (const migrations of ['sqlite', 'postgresql']) {
    const left = namesIn(join(root, 'prisma/migrations', migrations)).find((name) =>
      new RegExp(`^\\d+_${app}_`).test(name),
    );
    if (left) {
      throw new CommandError(
        `"${app}" is not free: an app of that name had the migration ${left}, whose tables databases may have.`,
      );
    }
  }
  const schema = namesIn(join(root, 'prisma/schema')).find((file) =>
    new RegExp(`^(?:model|enum)\\s+${Model}\\b`, 'im').test(
      readFileSync(join(root, 'prisma/schema', file), 'utf8'),
    ),
  );
  if (schema) {
    throw new CommandError(
      `prisma/schema/${schema} has a model "${Model}" already: name another, as in startapp ${app} ${Model}Item.`,
    );
  }
}

function addressesOf(root: string, app: string): string[] {
  return ['app', ...namesIn(join(root, 'app')).map((folder) => `app/${folder}`)].map(
    (folder) => `${folder}/${app}`,
  );
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
