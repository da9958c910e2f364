import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { CommandError } from '@/lib/core/management/base';
import { capfirst } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { SiteUsers } from '@/lib/db/migrations/site-users';
import { type SiteColumn, siteColumns } from './site-columns';

/** What a database says of a Django site's own user model, and what its people decide. */
export type SiteUserModel = SiteUsers & {
  /** The label of the app here: Django's without underscores, unless another app has it. */
  readonly app: string;
  /** Django's own label and model, `accounts.User`. */
  readonly name: string;
  /** What the model keeps, by the table's order. */
  readonly fields: readonly SiteColumn[];
  /** What stays Django's: columns of a type that a user model cannot hold, and keys that may be empty. */
  readonly leftOut: readonly SiteColumn[];
  /** Those of them that must have a value: while there are any, people are added at Django. */
  readonly blocked: readonly SiteColumn[];
  readonly USERNAME_FIELD: string;
  readonly EMAIL_FIELD: string;
  readonly REQUIRED_FIELDS: readonly string[];
  readonly hasWideIds: boolean;
};

/** What a database does not tell, as a person does: `accounts.User`, and names of fields as Django has them. */
export type Told = {
  readonly userModel?: string | undefined;
  readonly usernameField?: string | undefined;
  readonly requiredFields?: string | undefined;
};

const NEEDED = ['id', 'password', 'is_active', 'is_superuser'];

// What our own tables keep of a user.
const MOST = 2_147_483_647;

/**
 * Describe the user model of a site from its tables. Throws CommandError with a sentence for what
 * cannot be told, or cannot be served: no address, ids that are no numbers, no `is_active`.
 * Django: AbstractBaseUser, AbstractUser, PermissionsMixin
 */
export async function describeSiteUsers(users: SiteUsers, told: Told): Promise<SiteUserModel> {
  const columns = await siteColumns(users.table);
  const name = await modelName(users.table, told.userModel);
  const missing = NEEDED.filter((column) => !columns.some((each) => each.column === column));
  if (missing.length > 0) {
    throw new CommandError(
      `${users.table} has no column ${missing.join(', ')}: a user model without them, as one without PermissionsMixin, cannot be served.`,
    );
  }
  const id = columns.find(({ column }) => column === 'id');
  if (!id || !/^(?:big)?int/.test(id.type)) {
    throw new CommandError(
      `The ids of ${users.table} are ${id?.type}: only numbers can be served.`,
    );
  }
  await refuseLargeIds(users.table);
  const USERNAME_FIELD = usernameField(users.table, columns, told.usernameField);
  const email = columns.find(({ column, kind }) => kind === 'text' && /^e_?mail/.test(column));
  if (!email) {
    throw new CommandError(`${users.table} has no column email: a reset link could not be sent.`);
  }
  const isLeftOut = ({ kind, refersTo, isRequired }: SiteColumn) =>
    kind === null || (refersTo !== null && !isRequired);
  const fields = columns.filter((column) => !isLeftOut(column));
  const leftOut = columns.filter(isLeftOut);
  return {
    ...users,
    app: appFor(name),
    name,
    fields,
    leftOut,
    blocked: leftOut.filter(({ isRequired }) => isRequired),
    USERNAME_FIELD,
    EMAIL_FIELD: email.name,
    REQUIRED_FIELDS:
      told.requiredFields === undefined
        ? required(fields, USERNAME_FIELD, email.name)
        : named(users.table, fields, told.requiredFields),
    hasWideIds: await isWide(users.table),
  };
}

// The register of content types knows the model by its label, and the table is named after both.
async function modelName(table: string, told: string | undefined): Promise<string> {
  const rows = await db.contentType.findMany({ select: { appLabel: true, model: true } });
  const key = told?.toLowerCase();
  const found = rows.find(({ appLabel, model }) =>
    key === undefined ? `${appLabel}_${model}` === table : `${appLabel}.${model}` === key,
  );
  if (!found) {
    const asked = told === undefined ? `has the table ${table}` : `is ${told}`;
    throw new CommandError(
      `No content type says which model ${asked}: name it as AUTH_USER_MODEL does there, --user-model accounts.User.`,
    );
  }
  if (told !== undefined) return told;
  return `${found.appLabel}.${capfirst(found.model)}`;
}

function appFor(name: string): string {
  const label = (name.split('.')[0] ?? '').replace(/[^a-z\d]/gi, '').toLowerCase();
  const taken = [
    ...APPS.map((app) => app.label),
    ...declaredModels(APPS).map(({ appLabel }) => appLabel),
  ] as readonly string[];
  return taken.includes(label) ? `site${label}` : label;
}

function usernameField(table: string, columns: SiteColumn[], told: string | undefined): string {
  const texts = columns.filter(({ kind, isUnique }) => kind === 'text' && isUnique);
  const found =
    told === undefined
      ? (['username', 'email'].flatMap(
          (each) => texts.find(({ column }) => column === each) ?? [],
        )[0] ?? (texts.length === 1 ? texts[0] : undefined))
      : texts.find(({ column }) => column === told);
  if (found) return found.name;
  const names = texts.map(({ column }) => column).join(', ') || 'none';
  throw new CommandError(
    told === undefined
      ? `Which column of ${table} do people sign in with? Of the texts that are unique (${names}) name one: --username-field NAME.`
      : `${table}.${told} is no text that is unique: of these there are ${names}.`,
  );
}

function required(fields: readonly SiteColumn[], username: string, email: string): string[] {
  const needed = fields.filter(
    (field) => isTyped(field) && field.isRequired && (field.isUnique || field.refersTo !== null),
  );
  return [...new Set([email, ...needed.map(({ name }) => name)])].filter(
    (each) => each !== username,
  );
}

function named(table: string, fields: readonly SiteColumn[], told: string): string[] {
  return told.split(',').flatMap((part) => {
    const column = part.trim();
    if (column === '') return [];
    const field = fields.find((each) => each.column === column);
    if (field && isTyped(field)) return [field.name];
    throw new CommandError(`${table} has no column "${column}" that a person could be asked for.`);
  });
}

/** Whether a person can be asked for it by a line of text. */
function isTyped({ kind }: SiteColumn): boolean {
  return kind === 'text' || kind === 'integer';
}

async function refuseLargeIds(table: string): Promise<void> {
  const [row] = await db.$queryRaw<{ most: bigint | number | null }[]>`
    SELECT max(id) AS most FROM ${identifier(table)}`;
  if (Number(row?.most ?? 0) <= MOST) return;
  throw new CommandError(`${table} has ids beyond ${MOST}, which nothing here can refer to.`);
}

// On SQLite the id itself is always INTEGER: what refers to it says how wide Django takes it to be.
async function isWide(table: string): Promise<boolean> {
  const log = await siteColumns('django_admin_log');
  const own = await siteColumns(table);
  const types = [
    ...own.filter(({ column }) => column === 'id'),
    ...log.filter(({ column }) => column === 'user_id'),
  ].map(({ type }) => type);
  return types.some((type) => /^bigint/.test(type));
}
