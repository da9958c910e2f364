import { graphNameOf, modelGraph } from '@/lib/contrib/auth/users/model-graph';
import { getUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { foreignKeys, forgetForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { databaseProvider, Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/** A column with a user's id whose foreign key leads to another table, `to`, than the model's. */
export type Misled = { table: string; column: string; to: string };

/**
 * The columns that name users and whose foreign keys in the database lead to the table of another
 * model than `settings.AUTH_USER_MODEL` names. None where the tables are missing.
 * Django: ForeignKey(settings.AUTH_USER_MODEL), which a swapped model's migrations point elsewhere
 */
export async function misledKeys(model: UserModel = getUserModel()): Promise<Misled[]> {
  const own = graphNameOf(model);
  const naming = Object.values(modelGraph()).flatMap(({ table, fields }) =>
    Object.values(fields).flatMap((field) =>
      field.kind === 'foreignKey' && field.to === own ? [{ table, column: field.column }] : [],
    ),
  );
  const keys = await foreignKeys();
  return naming.flatMap(({ table, column }) =>
    keys
      .filter(({ from, columns }) => from.name === table && columns.join() === column)
      .filter(({ to }) => to.name !== model.table)
      .map(({ to }) => ({ table, column, to: to.name })),
  );
}

/**
 * The receiver of `postMigrate`: let what names users refer to the table of the model in use, and
 * end every session, since their numbers meant others. Throws ImproperlyConfigured, with nothing
 * changed, where a row names a user by a number already: whom it means nobody could tell any more.
 * Django: "Changing to a custom user model mid-project"
 */
export async function pointAtUsers({ say }: { say: (line: string) => void }): Promise<void> {
  const model = getUserModel();
  const misled = await misledKeys(model);
  if (misled.length === 0) return;
  await transaction(async (tx) => {
    for (const key of misled) await refuseNamed(tx, key, model);
    for (const key of misled) {
      if (databaseProvider() === 'sqlite') await rebuild(tx, key, model);
      else await constrain(tx, key, model);
    }
    await tx.session.deleteMany({ where: { userId: { not: null } } });
  });
  forgetForeignKeys();
  for (const { table, column } of misled) say(`${table}.${column} refers to ${model.table} now.`);
}

async function refuseNamed(tx: TransactionClient, { table, column, to }: Misled, model: UserModel) {
  const rows = await tx.$queryRaw<object[]>`
    SELECT 1 FROM ${identifier(table)} WHERE ${identifier(column)} IS NOT NULL LIMIT 1`;
  if (rows.length === 0) return;
  throw new ImproperlyConfigured(
    `${table}.${column} names users of ${to}; AUTH_USER_MODEL says ${model.name}. Choose a user model before there are users, or move these rows yourself.`,
  );
}

// SQLite changes no foreign key: the table is made again beside itself, with its indexes.
async function rebuild(
  tx: TransactionClient,
  { table, to }: Misled,
  model: UserModel,
): Promise<void> {
  const parts = await tx.$queryRaw<{ type: string; sql: string | null }[]>`
    SELECT type, sql FROM sqlite_master WHERE tbl_name = ${table} AND sql IS NOT NULL`;
  const made = parts.find(({ type }) => type === 'table')?.sql ?? '';
  const former = new RegExp(`REFERENCES\\s+["\`]?${to}["\`]?\\s*\\(\\s*["\`]?id["\`]?\\s*\\)`, 'g');
  const own = `REFERENCES "${model.table}" ("${model.columns['id']}")`;
  const copy = `${table}__next`;
  await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`;
  const definition = made.slice(made.indexOf('(')).replace(former, own);
  await tx.$executeRaw`CREATE TABLE ${identifier(copy)} ${Prisma.raw(definition)}`;
  await tx.$executeRaw`INSERT INTO ${identifier(copy)} SELECT * FROM ${identifier(table)}`;
  await tx.$executeRaw`DROP TABLE ${identifier(table)}`;
  await tx.$executeRaw`ALTER TABLE ${identifier(copy)} RENAME TO ${identifier(table)}`;
  for (const { type, sql } of parts) {
    if (type !== 'table' && sql !== null) await tx.$executeRaw`${Prisma.raw(sql)}`;
  }
}

async function constrain(
  tx: TransactionClient,
  { table, to }: Misled,
  model: UserModel,
): Promise<void> {
  const found = await tx.$queryRaw<{ name: string; definition: string }[]>`
    SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE contype = 'f' AND conrelid = to_regclass(quote_ident(${table}))
      AND confrelid = to_regclass(quote_ident(${to}))`;
  const own = `REFERENCES "${model.table}"("${model.columns['id']}")`;
  for (const { name, definition } of found) {
    const next = Prisma.raw(definition.replace(/REFERENCES \S+?\([^)]*\)/, own));
    await tx.$executeRaw`ALTER TABLE ${identifier(table)} DROP CONSTRAINT ${identifier(name)}`;
    await tx.$executeRaw`ALTER TABLE ${identifier(table)} ADD CONSTRAINT ${identifier(name)} ${next}`;
  }
}
