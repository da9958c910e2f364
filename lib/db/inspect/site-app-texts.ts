import { DEFAULT_PERMISSIONS } from '@/lib/apps/define-app';
import { capfirst } from '@/lib/core/text';
import type { SiteApp, SiteTable } from './site-app';
import { type SiteField, siteFields } from './site-schema';

const READ_ONLY = `/** Django's forms know rules that a database does not tell: here the rows are read. */
const readOnly = {
hasAddPermission: () => false,
hasChangePermission: () => false,
hasDeletePermission: () => false,
};
`;

const SHOWN = 4;

// What is written imports it, and not this file.
const ADMIN_OPTIONS = '@/lib/contrib/admin/options';

/** The part of a permission's codename that says what it allows, where it is one of Django's four. */
function actionOf(codename: string, model: string): string | undefined {
  return DEFAULT_PERMISSIONS.find((action) => codename === `${action}_${model}`);
}

/** `apps.ts` of a site's app: its models with the permissions that Django keeps, which it manages. */
export function siteAppText(site: SiteApp, userTable: string): string {
  const { app, label, tables } = site;
  const models = tables.flatMap((table) => {
    const { model, verboseName, permissions } = table;
    if (model === null) return [];
    const blank = siteFields(site, table, userTable).filter(
      (each) => each.isRequired && each.isBlank,
    );
    const actions = permissions.flatMap(([codename]) => actionOf(codename, model) ?? []);
    const own = permissions.filter(([codename]) => !actionOf(codename, model));
    const isUsual = DEFAULT_PERMISSIONS.every((action) => actions.includes(action));
    return [
      `${model}: {
verboseName: ${quoted(verboseName)},
managed: false,
${label === app ? '' : `appLabel: ${quoted(label)},\n`}${
  isUsual ? '' : `defaultPermissions: [${actions.map(quoted).join(', ')}],\n`
}${
  own.length === 0
    ? ''
    : `permissions: [${own.map((pair) => `[${pair.map(quoted).join(', ')}]`).join(', ')}],\n`
}${
  blank.length === 0
    ? ''
    : `fields: {\n${blank.map(({ name }) => `${name}: { isBlank: true },`).join('\n')}\n},\n`
}},`,
    ];
  });
  return `import { defineApp } from '@/lib/apps/define-app';

/** The app ${label} of the Django site beside this one, which manages its tables and permissions. */
export const ${app}App = defineApp({
label: ${quoted(app)},
verboseName: ${quoted(capfirst(label.replaceAll('_', ' ')))},
requires: ['auth'],
models: {
${models.join('\n')}
},
});
`;
}

/** `admin.ts` of a site's app: its screens, to be read, or also to be edited. */
export function siteAdminText(site: SiteApp, userTable: string, isEditable: boolean): string {
  const admins = screened(site).map((table) => {
    const fields = siteFields(site, table, userTable);
    const texts = fields.filter(
      ({ type, relation }) => relation === null && /^String @db\.(?:VarChar|Text)/.test(type),
    );
    const shown = fields
      .filter(({ type }) => !/^(?:Unsupported|Bytes|Json)/.test(type))
      .slice(0, SHOWN);
    const kept = fields.filter(({ isWritable, isId }) => !isWritable && !isId);
    const names = (list: readonly SiteField[]) =>
      list.map(({ name, relation }) => quoted(relation?.name ?? name)).join(', ');
    return `export const ${table.model}Admin = defineAdmin('${site.label}.${table.model}', {
listDisplay: [${names(shown)}],
${texts.length > 0 ? `searchFields: [${names(texts.slice(0, SHOWN))}],` : ''}
${isEditable ? readonlyText(names(kept)) : '...readOnly,'}
});
`;
  });
  return `import { defineAdmin } from '${ADMIN_OPTIONS}';

${isEditable ? '' : READ_ONLY}
${admins.join('\n')}`;
}

/** `config.ts` of a site's app, which brings no screens where no model can have some. */
export function siteConfigText(site: SiteApp): string {
  const names = screened(site).map(({ model }) => `${model}Admin`);
  if (names.length === 0) {
    return `import { defineConfig } from '@/lib/apps/define-config';

/** What the site's app brings: models and permissions, no screens. */
export const ${site.app}Config = defineConfig(${quoted(site.app)}, {});
`;
  }
  return `import { defineConfig } from '@/lib/apps/define-config';
import { ${names.join(', ')} } from './admin';

/** What the site's app brings: its screens. */
export const ${site.app}Config = defineConfig(${quoted(site.app)}, { admins: [${names.join(', ')}] });
`;
}

/** The models that can have screens: those whose rows an address can name. */
export function screened({ tables }: SiteApp): SiteTable[] {
  return tables.filter(
    ({ model, described }) => model !== null && described.has('primary key (id)'),
  );
}

function readonlyText(names: string): string {
  return names === '' ? '' : `readonlyFields: [${names}],`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
