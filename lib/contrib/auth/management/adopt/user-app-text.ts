import { capfirst } from '@/lib/core/text';
import type { SiteColumn } from './site-columns';
import type { SiteUserModel } from './site-user-model';

/** What `User` must be told where a model lacks the column. */
const WITHOUT: Readonly<Record<string, string>> = {
  username: "''",
  firstName: "''",
  lastName: "''",
  email: "''",
  isStaff: 'false',
  dateJoined: 'new Date(0)',
  lastLogin: 'null',
};

const INHERITED = ['id', 'password', 'isActive', 'isSuperuser', ...Object.keys(WITHOUT)];

const TYPES = {
  id: 'number',
  text: 'string',
  integer: 'number',
  boolean: 'boolean',
  datetime: 'Date',
} as const;

/** The names of what is written for a user model: `accountsApp`, `AccountsUser`, `accountsUser`. */
export function namesOf({ app, name }: Pick<SiteUserModel, 'app' | 'name'>) {
  const [label = '', model = ''] = name.split('.');
  const App = capfirst(app);
  return {
    label,
    model,
    App,
    declared: `${app}App`,
    Class: `${App}${model}`,
    descriptor: `${app}${model}`,
  };
}

/**
 * `lib/site/<app>/user.ts`: the class and the descriptor of a site's own user model. Biome gives it its
 * form.
 * Django: the models.py of the app that AUTH_USER_MODEL names
 */
export function userModelText(site: SiteUserModel): string {
  const { name, table, fields, blocked, USERNAME_FIELD, EMAIL_FIELD, REQUIRED_FIELDS } = site;
  const { Class, descriptor } = namesOf(site);
  const own = fields.filter((field) => !INHERITED.includes(field.name));
  const lacking = Object.entries(WITHOUT).filter(
    ([each]) =>
      !fields.some((field) => field.name === each) &&
      !(each === 'username' && USERNAME_FIELD !== 'username'),
  );
  const told = [
    ...lacking.map(
      ([each, value]) => `${each}: ${each === 'email' ? `row.${EMAIL_FIELD}` : value}`,
    ),
    '...row',
    ...(USERNAME_FIELD === 'username' ? [] : [`username: row.${USERNAME_FIELD}`]),
  ];
  const numbers = fields.filter(
    (field) => field.kind === 'integer' && REQUIRED_FIELDS.includes(field.name),
  );
  const user = fields.find((field) => field.name === USERNAME_FIELD);
  return `
${blocked.length > 0 ? "import { ValidationError } from '@/lib/core/exceptions';" : ''}
import { authUser, User } from '@/lib/contrib/auth/models';
import { defineUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
${numbers.length > 0 ? "import { wholeNumber } from '@/lib/forms/whole-number';" : ''}

/** A row of ${table}, as Django's ${name} made it. */
type Row = {
${fields.map((field) => `${field.name}: ${typeOf(field)};`).join('\n')}
};

/**
 * Somebody who may sign in.
 * Django: ${name}
 */
export class ${Class} extends User {
${own.map((field) => `readonly ${field.name}: ${typeOf(field)};`).join('\n')}

constructor(row: Row) {
super({ ${told.join(', ')} });
${own.map((field) => `this.${field.name} = row.${field.name};`).join('\n')}
}

override get meta(): UserModel {
return ${descriptor};
}
}

export const ${descriptor} = defineUserModel({
name: '${name}',
table: '${table}',
fields: {
${fields.map(fieldText).join('\n')}
},
${site.hasWideIds ? 'hasWideIds: true,' : ''}
USERNAME_FIELD: '${USERNAME_FIELD}',
USERNAME_MAX_LENGTH: ${user?.maxLength ?? 254},
EMAIL_FIELD: '${EMAIL_FIELD}',
REQUIRED_FIELDS: [${REQUIRED_FIELDS.map((each) => `'${each}'`).join(', ')}],
verboseNames: { ${EMAIL_FIELD}: 'email address' },
groups: ${joinText(site.groups)},
userPermissions: ${joinText(site.userPermissions)},
${blocked.length > 0 ? refusedRow(site, blocked) : newRow(fields)}
${cleanText(numbers)}
fromRow: (row) => new ${Class}(row as Row),
});
`;
}

/** `lib/site/<app>/apps.ts`: the declaration of the app, by which the model has screens and permissions. */
export function userAppText(site: SiteUserModel): string {
  const { declared, label, model, App } = namesOf(site);
  const isBlank = ({ name, kind }: SiteColumn) =>
    kind !== 'boolean' &&
    kind !== 'id' &&
    name !== site.USERNAME_FIELD &&
    name !== 'password' &&
    !site.REQUIRED_FIELDS.includes(name);
  const verbose: Readonly<Record<string, string>> = {
    isActive: 'active',
    isStaff: 'staff status',
    isSuperuser: 'superuser status',
    [site.EMAIL_FIELD]: 'email address',
  };
  const fields = site.fields.flatMap((field) => {
    const says = [
      ...(verbose[field.name] ? [`verboseName: '${verbose[field.name]}'`] : []),
      ...(isBlank(field) ? ['isBlank: true'] : []),
    ];
    return says.length > 0 ? [`${field.name}: { ${says.join(', ')} },`] : [];
  });
  return `
import { defineApp } from '@/lib/apps/define-app';

/** The people of the Django site beside this one: ${site.name}, whose tables Django migrates. */
export const ${declared} = defineApp({
label: '${site.app}',
verboseName: '${App}',
requires: ['auth'],
models: {
${model.toLowerCase()}: {
verboseName: '${model.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}',
${label === site.app ? '' : `appLabel: '${label}',\n`}managed: false,
fields: {
${fields.join('\n')}
${site.groups ? 'groups: { isBlank: true },' : ''}
${site.userPermissions ? "userPermissions: { verboseName: 'user permissions', isBlank: true }," : ''}
},
},
},
});
`;
}

function typeOf({ kind, isRequired }: SiteColumn): string {
  return `${TYPES[kind ?? 'text']}${isRequired ? '' : ' | null'}`;
}

function fieldText({ name, kind, column, maxLength, isRequired, isUnique }: SiteColumn): string {
  return `${name}: { kind: '${kind}', column: '${column}', maxLength: ${maxLength}, isRequired: ${isRequired}, isUnique: ${isUnique} },`;
}

function joinText(join: { table: string; column: string } | null): string {
  return join ? `{ table: '${join.table}', column: '${join.column}' }` : 'null';
}

function newRow(fields: readonly SiteColumn[]): string {
  const values = fields.filter(({ kind, name }) => kind !== 'id' && name !== 'password');
  return `newRow: () => ({
${values.map((field) => `${field.name}: ${startingValue(field)},`).join('\n')}
}),`;
}

function cleanText(numbers: readonly SiteColumn[]): string {
  if (numbers.length === 0) return 'clean: (field, typed) => authUser.clean(field, typed),';
  return `clean(field, typed) {
${numbers.map(({ name, type }) => `if (field === '${name}') return wholeNumber(typed, ${rangeOf(type)});`).join('\n')}
return authUser.clean(field, typed);
},`;
}

// What a column of this type holds, as far as TypeScript counts exactly.
function rangeOf(type: string): string {
  const least = (number: string) => (type.endsWith('unsigned') ? '0' : number);
  if (type.startsWith('small')) return `${least('-32_768')}, 32_767`;
  if (type.startsWith('big')) return `${least('Number.MIN_SAFE_INTEGER')}, Number.MAX_SAFE_INTEGER`;
  return `${least('-2_147_483_648')}, 2_147_483_647`;
}

function refusedRow({ table }: SiteUserModel, blocked: readonly SiteColumn[]): string {
  const names = blocked.map(({ column }) => column).join(', ');
  return `newRow() {
throw new ValidationError('People are added at the Django site: ${table} wants a value of ${names}.', 'invalid');
},`;
}

function startingValue({ name, kind, isRequired }: SiteColumn): string {
  if (name === 'isActive') return 'true';
  if (!isRequired) return 'null';
  if (kind === 'boolean') return 'false';
  if (kind === 'datetime') return 'new Date()';
  return kind === 'integer' ? '0' : "''";
}
