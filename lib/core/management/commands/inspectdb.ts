import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { runManage } from '@/lib/core/management/run-manage';
import { withApp } from '@/lib/core/management/startapp/site-lists';
import { writeFiles } from '@/lib/core/management/startapp/write-files';
import { getTextList } from '@/lib/core/text';
import { unmanagedDifferences } from '@/lib/db/inspect/compare-apps';
import { inspectApp, inspectableLabels, type SiteApp } from '@/lib/db/inspect/site-app';
import {
  screened,
  siteAdminText,
  siteAppText,
  siteConfigText,
} from '@/lib/db/inspect/site-app-texts';
import { siteSchema } from '@/lib/db/inspect/site-schema';
import { usersOfSettings } from '@/lib/db/migrations/site-users';

/**
 * Write an app of the tables that a Django site's own app has in this database: Prisma models, a
 * declaration with the permissions that Django keeps, screens. The tables, content types and
 * permissions stay Django's. `--check` compares what was written with what Django has now.
 * Django: core/management/commands/inspectdb.py
 */
export const command: Command = {
  name: 'inspectdb',
  usage: 'APP [--editable] | --check [APP]',
  help: "Writes models, permissions and screens of a Django site's own app; --check says what has changed there.",
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      options: { editable: { type: 'boolean' }, check: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [label, ...rest] = positionals;
    if (rest.length > 0 || (label === undefined && !values.check)) {
      throw new CommandError("Name one app by Django's label, such as polls.", 2);
    }
    if (values.check) {
      if (label !== undefined) requireUnmanaged(label);
      const differences = await unmanagedDifferences(APPS, label);
      for (const difference of differences) io.err(difference);
      if (differences.length === 0) io.out('What is declared is what Django has.');
      return differences.length === 0 ? 0 : 1;
    }
    const site = await inspectApp(label ?? '');
    requireFree(site);
    if (site.tables.length === 0) await refuseEmpty(site);
    const files = texts(site, values.editable ?? false);
    const changes = await withApp(process.cwd(), site.app);
    const takeBack = await writeFiles(process.cwd(), files, changes);
    const status = await runManage(['inspectdb', '--check', site.label], io).catch(() => 1);
    if (status !== 0) {
      takeBack();
      throw new CommandError('Prisma or Gatehouse refuses what was written; it was taken back.');
    }
    for (const path of files.keys()) io.out(`Wrote ${path}`);
    for (const path of changes.keys()) io.out(`Added a line to ${path}`);
    const kept = site.tables.length - screened(site).length;
    io.out(`${screened(site).length} model(s) have screens, ${kept} table(s) only models.`);
    for (const left of site.leftOut) io.out(`Left out ${left}.`);
    return 0;
  },
};

function requireUnmanaged(label: string): void {
  const unmanaged = declaredModels(APPS).filter(({ declaration }) => declaration.managed === false);
  const labels = [...new Set(unmanaged.map(({ appLabel }) => appLabel))];
  if (labels.includes(label)) return;
  const others = labels.length > 0 ? `, only of ${getTextList(labels)}` : '';
  throw new CommandError(`No app here has models of a Django app "${label}"${others}.`);
}

async function refuseEmpty({ label, leftOut }: SiteApp): Promise<never> {
  const taken = takenLabels();
  const labels = (await inspectableLabels()).filter((each) => !taken.includes(each));
  const others = labels.length > 0 ? `, only of ${getTextList(labels)}` : '';
  const reasons = leftOut.length > 0 ? ` (${leftOut.join('; ')})` : '';
  throw new CommandError(
    `This database has no tables to be read of a Django app "${label}"${reasons}${others}.`,
  );
}

function takenLabels(): string[] {
  return [
    ...APPS.map((each) => each.label),
    ...declaredModels(APPS).map(({ appLabel }) => appLabel),
  ];
}

function requireFree({ app, label }: SiteApp): void {
  const labels = takenLabels();
  if (labels.includes(app) || labels.includes(label)) {
    throw new CommandError(`There is an app "${label}" already.`);
  }
  const taken = [`lib/site/${app}`, `prisma/schema/${app}.prisma`].find((path) =>
    existsSync(join(process.cwd(), path)),
  );
  if (taken) throw new CommandError(`"${app}" is not free: ${taken} is there already.`);
}

function texts(site: SiteApp, isEditable: boolean): Map<string, string> {
  const { table } = usersOfSettings();
  const folder = `lib/site/${site.app}`;
  const schema = siteSchema(site, table);
  return new Map([
    [`prisma/schema/${site.app}.prisma`, schema],
    // As migrated: no migration makes these tables.
    [`prisma/migrations/schema/${site.app}.prisma`, schema],
    [`${folder}/apps.ts`, siteAppText(site, table)],
    ...(screened(site).length > 0
      ? [[`${folder}/admin.ts`, siteAdminText(site, table, isEditable)] as const]
      : []),
    [`${folder}/config.ts`, siteConfigText(site)],
  ]);
}
