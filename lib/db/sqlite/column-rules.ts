import { COLUMN_RULES } from '@/lib/generated/column-rules';
import { Prisma } from '@/lib/generated/postgresql/client';
import { columnOfParameter, type NamedColumn, namedColumn } from './parameter-column';
import { isForWrites, type TypeRule, typeRule } from './type-rules';

type Told = {
  readonly table: string;
  readonly compounds: readonly string[];
  /** By field: its column, its type, and the numbers of that. */
  readonly rules: { readonly [field: string]: readonly (string | number)[] };
  readonly relations: { readonly [field: string]: string };
};

/** What SQLite must be told of one model. */
export type ModelRules = {
  name: string;
  rules: ReadonlyMap<string, TypeRule>;
  compounds: readonly string[];
  relations: { readonly [field: string]: string };
};

const TOLD: { readonly [model: string]: Told } = COLUMN_RULES;
const models = new Map(
  Object.entries(TOLD).map(([name, { rules, compounds, relations }]) => {
    const own = Object.entries(rules).flatMap(([field, [, type, ...numbers]]) => {
      const rule = typeRule(String(type), numbers.map(Number));
      return rule ? [[field, rule] as const] : [];
    });
    return [name, { name, rules: new Map(own), compounds, relations }];
  }),
);

// A column, and what stands before it, as all that a function is given.
const ARGUMENT = /^\s*(?:[\w`"]+\.)*?(?:[`"]?(\w+)[`"]?\.)?[`"]?(\w+)[`"]?\s*\)/;

const columnsOf = (wanted: string) =>
  new Set(
    Object.values(TOLD).flatMap(({ table, rules }) =>
      Object.values(rules).flatMap(([column, type]) =>
        type === wanted ? [`${table}.${column}`] : [],
      ),
    ),
  );

const bigIntIds = columnsOf('BigIntId');
const decimals = columnsOf('Decimal');

/** The rules of a model, by its name in the schema; null for one that the schema does not have. */
export function rulesOf(model: string): ModelRules | null {
  return models.get(model) ?? null;
}

/**
 * The models of which a value is compared by a rule, not as it is: one of their own, or of a model that
 * their relations lead to.
 */
export function comparedByRule(): ReadonlySet<string> {
  const found = new Set<string>();
  const add = ({ name }: ModelRules) => {
    if (found.has(name)) return;
    found.add(name);
    for (const each of models.values()) {
      if (Object.values(each.relations).includes(name)) add(each);
    }
  };
  for (const model of models.values()) {
    if (![...model.rules.values()].every(isForWrites)) add(model);
  }
  return found;
}

/** Whether a column is the id of a model whose ids are BigInt, which SQLite declares as INTEGER. */
export function isBigIntId(table: string, column: string): boolean {
  return bigIntIds.has(`${table}.${column}`);
}

/** Whether the parameter of a statement at a place, from 0, belongs to a column of decimals, or may. */
export function isDecimalParameter(sql: string, place: number): boolean {
  const named = columnOfParameter(sql, place);
  return named === null || decimalNamed(named) !== null;
}

/** Whether a statement asks for the smallest or the largest of something that may be a decimal. */
export function mayNameDecimal(sql: string): boolean {
  if (decimals.size === 0) return false;
  return [...sql.matchAll(/\b(?:MIN|MAX)\s*\(/gi)].some(({ index, 0: start }) => {
    const [, qualifier, column] = ARGUMENT.exec(sql.slice(index + start.length)) ?? [];
    return column === undefined || decimalNamed(namedColumn(sql, column, qualifier)) !== null;
  });
}

/**
 * Refuse a statement that adds up decimals: SQLite would make floats of them. Throws an error of
 * Prisma's with the column's name.
 * Django: none; there SQLite answers with a float
 */
export function refuseSumOfDecimals(sql: string): void {
  if (decimals.size === 0) return;
  for (const { index, 0: start } of sql.matchAll(/\b(?:SUM|AVG|TOTAL)\s*\(/gi)) {
    const [, qualifier, column] = ARGUMENT.exec(sql.slice(index + start.length)) ?? [];
    const found = column && decimalNamed(namedColumn(sql, column, qualifier));
    if (found) throw cannotCalculate(found);
  }
}

function decimalNamed({ column, tables }: NamedColumn): string | null {
  if (tables.length === 0) return [...decimals].find((each) => each.endsWith(`.${column}`)) ?? null;
  return tables.map((table) => `${table}.${column}`).find((each) => decimals.has(each)) ?? null;
}

/** The error for what SQLite would make a float of. */
export function cannotCalculate(column: string): Error {
  return new Prisma.PrismaClientValidationError(
    `SQLite cannot calculate with ${column} exactly: read the values, and calculate with Prisma.Decimal.`,
    { clientVersion: Prisma.prismaVersion.client },
  );
}
