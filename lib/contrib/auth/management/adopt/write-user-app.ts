import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FiledLine, withLines } from '@/lib/core/management/startapp/site-lists';
import { withSettings } from '@/lib/core/management/startapp/site-settings';
import { writeFiles } from '@/lib/core/management/startapp/write-files';
import type { SiteUserModel } from './site-user-model';
import { namesOf, userAppText, userModelText } from './user-app-text';

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
  const told = { ...(site && { AUTH_USER_MODEL: `'${site.name}'` }), ...settings };
  const lines: FiledLine[] = [];
  if (site) {
    const { declared, descriptor } = namesOf(site);
    const folder = `lib/site/${site.app}`;
    files.set(`${folder}/user.ts`, userModelText(site));
    files.set(`${folder}/apps.ts`, userAppText(site));
    const from = `@/${folder}`;
    const app = { list: 'apps', name: declared, from: `${from}/apps` };
    const model = { list: 'userModels', name: descriptor, from: `${from}/user`, isKept: true };
    lines.push({ file: 'lib/site/apps.ts', ...app });
    lines.push({ file: 'lib/site/user-models.ts', ...model });
  }
  const changes = await withLines(root, lines);
  if (Object.keys(told).length > 0) {
    changes.set(
      SETTINGS,
      await withSettings(SETTINGS, readFileSync(join(root, SETTINGS), 'utf8'), told),
    );
  }
  const takeBack = changes.size > 0 ? await writeFiles(root, files, changes) : () => undefined;
  return { written: [...files.keys()], changed: [...changes.keys()], takeBack };
}
