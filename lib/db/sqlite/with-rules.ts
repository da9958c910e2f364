import { Prisma } from '@/lib/generated/postgresql/client';
import { cannotCalculate, type ModelRules, rulesOf } from './column-rules';
import type { TypeRule } from './type-rules';

type Mode = 'write' | 'match';
type Args = Readonly<Record<string, unknown>>;

const LOGIC = ['AND', 'OR', 'NOT'];
const SUMS = ['increment', 'decrement', 'multiply', 'divide'];
// What is sought in a text is no whole value of the column: blanks do not fill it up.
const AS_IT_IS = ['mode', 'contains', 'startsWith', 'endsWith'];
const MATCHED = [
  'connect',
  'disconnect',
  'set',
  'delete',
  'deleteMany',
  'is',
  'isNot',
  'some',
  'every',
  'none',
];
const WRITTEN = ['create', 'createMany', 'update', 'updateMany', 'upsert', 'connectOrCreate'];

/**
 * The arguments of one of Prisma's calls with every value as PostgreSQL would write or compare it in
 * its column: a date without a time, a decimal rounded to its places, a UUID in its one spelling. Throws
 * an error of Prisma's for a value that does not fit, as PostgreSQL refuses it.
 * Django: none; there lengths are not checked on SQLite
 */
export function withRules(model: string, args: unknown): unknown {
  const rules = rulesOf(model);
  if (!rules || !isPlain(args)) return args;
  return mapped(args, (key, value) => {
    switch (key) {
      case 'data':
      case 'create':
      case 'update':
        return fields(rules, value, 'write');
      case 'where':
      case 'cursor':
        return fields(rules, value, 'match');
      case 'include':
      case 'select':
        return nested(rules, value);
      default:
        return value;
    }
  });
}

function nested({ relations }: ModelRules, value: unknown): unknown {
  if (!isPlain(value)) return value;
  return mapped(value, (key, part) => {
    const target = relations[key];
    return target === undefined ? part : withRules(target, part);
  });
}

function fields(model: ModelRules, value: unknown, mode: Mode): unknown {
  if (Array.isArray(value)) return value.map((each) => fields(model, each, mode));
  if (!isPlain(value)) return value;
  return mapped(value, (key, part) => {
    const rule = model.rules.get(key);
    if (rule) return ruled(rule, part, mode, `${model.name}.${key}`);
    const target = model.relations[key];
    if (target !== undefined) return related(target, part);
    return LOGIC.includes(key) || model.compounds.includes(key) ? fields(model, part, mode) : part;
  });
}

function ruled(rule: TypeRule, value: unknown, mode: Mode, column: string): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => ruled(rule, each, mode, column));
  if (!isPlain(value)) return mode === 'write' ? rule.write(value, column) : rule.match(value);
  return mapped(value, (key, part) => {
    if (mode === 'write' && rule.isText && SUMS.includes(key)) throw cannotCalculate(column);
    return AS_IT_IS.includes(key) ? part : ruled(rule, part, mode, column);
  });
}

function related(target: string, value: unknown): unknown {
  const rules = rulesOf(target);
  if (!rules || !isPlain(value)) return value;
  const keys = Object.keys(value);
  if (!keys.some((key) => MATCHED.includes(key) || WRITTEN.includes(key))) {
    return fields(rules, value, 'match');
  }
  return mapped(value, (key, part) =>
    MATCHED.includes(key) ? fields(rules, part, 'match') : writtenThrough(target, part),
  );
}

// What is written through a relation: the fields themselves, or these in `data`, `create` or `update`.
function writtenThrough(target: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => writtenThrough(target, each));
  const rules = rulesOf(target);
  if (!rules || !isPlain(value)) return value;
  const words = ['where', 'data', 'create', 'update', 'skipDuplicates'];
  const isWrapped = Object.keys(value).every((key) => words.includes(key));
  return isWrapped ? withRules(target, value) : fields(rules, value, 'write');
}

function mapped(value: Args, each: (key: string, part: unknown) => unknown): Args {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, each(key, part)]));
}

function isPlain(value: unknown): value is Args {
  if (typeof value !== 'object' || value === null || Prisma.Decimal.isDecimal(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
