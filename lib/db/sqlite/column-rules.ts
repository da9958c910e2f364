import { COLUMN_RULES } from '@/lib/generated/column-rules';
import { Prisma } from '@/lib/generated/postgresql/client';
import { columnOfParameter } from './parameter-column';
import { type TypeRule, typeRule } from './type-rules';

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

/** Whether a column is the id of a model whose ids are BigInt, which SQLite declares as INTEGER. */
export function isBigIntId(table: string, column: string): boolean {
  return bigIntIds.has(`${table}.${column}`);
}

/** Whether the parameter of a statement at a place, from 0, belongs to a column of decimals, or may. */
export function isDecimalParameter(sql: string, place: number): boolean {
  const column = columnOfParameter(sql, place);
  return column === null || [...decimals].some((each) => each.endsWith(`.${column}`));
}

/** Whether a statement asks for the smallest or the largest of something that may be a decimal. */
export function mayNameDecimal(sql: string): boolean {
  return decimals.size > 0 && /\b(?:MIN|MAX)\s*\(/i.test(sql);
}

/**
 * Refuse a statement that adds up decimals: SQLite would make floats of them. Throws an error of
 * Prisma's with the column's name.
 * Django: none; there SQLite answers with a float
 */
export function refuseSumOfDecimals(sql: string): void {
  if (decimals.size === 0) return;
  for (const [, column = ''] of sql.matchAll(
    /\b(?:SUM|AVG|TOTAL)\s*\(\s*(?:[\w`"]+\.)*[`"]?(\w+)[`"]?\s*\)/gi,
  )) {
    const found = [...decimals].find((each) => {
      const [table = '', name] = each.split('.');
      return name === column && new RegExp(`\\b${table}\\b`).test(sql);
    });
    if (found) throw cannotCalculate(found);
  }
}

/** The error for what SQLite would make a float of. */
export function cannotCalculate(column: string): Error {
  return new Prisma.PrismaClientValidationError(
    `SQLite cannot calculate with ${column} exactly: read the values, and calculate with Prisma.Decimal.`,
    { clientVersion: Prisma.prismaVersion.client },
  );
}
