import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLine } from '@/lib/core/management/startapp/site-lists';
import { withSettings } from '@/lib/core/management/startapp/site-settings';
import { writeFiles } from '@/lib/core/management/startapp/write-files';
import type { SiteUserModel } from './site-user-model';
import { namesOf, userAppText, userModelText } from './user-app-text';

const LISTS = { apps: 'lib/site/apps.ts', models: 'lib/site/user-models.ts' };
const SETTINGS = 'lib/site/settings.ts';

/** What was written below the root, and what takes it back. */
type Written = { written: string[]; changed: string[]; takeBack: () => void };

/**
 * Write the app of a site's user model below `root`, null for `auth.User`, which is here already, its
 * line in each of the two lists, and what the site's settings are to say besides.
 */
export async function writeUserApp(
  root: string,
  site: SiteUserModel | null,
  settings: Readonly<Record<string, string>>,
): Promise<Written> {
  const files = new Map<string, string>();
  const changes = new Map<string, string>();
  const told = { ...(site && { AUTH_USER_MODEL: `'${site.name}'` }), ...settings };
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  if (site) {
    const { declared, descriptor } = namesOf(site);
    const folder = `lib/site/${site.app}`;
    files.set(`${folder}/user.ts`, userModelText(site));
    files.set(`${folder}/apps.ts`, userAppText(site));
    const from = `@/${folder}`;
    const app = { list: 'apps', name: declared, from: `${from}/apps` };
    const model = { list: 'userModels', name: descriptor, from: `${from}/user`, isKept: true };
    changes.set(LISTS.apps, await withLine(LISTS.apps, read(LISTS.apps), app));
    changes.set(LISTS.models, await withLine(LISTS.models, read(LISTS.models), model));
  }
  if (Object.keys(told).length > 0) {
    changes.set(SETTINGS, await withSettings(SETTINGS, read(SETTINGS), told));
  }
  const takeBack = changes.size > 0 ? await writeFiles(root, files, changes) : () => undefined;
  return { written: [...files.keys()], changed: [...changes.keys()], takeBack };
}
