import { comparedByRule } from './column-rules';
import { withRules } from './with-rules';

const READS = [
  ...['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany'],
  ...['count', 'aggregate', 'groupBy', 'delete', 'deleteMany'],
];

type Call<A, R> = { model: string; args: A; query: (args: A) => R };

/**
 * Which of Prisma's calls are made with the rules of types, for `$extends`: whatever writes values, and
 * what compares them only of models where a rule says how. Any other costs nothing.
 */
export function ruledQueries() {
  const reads = Object.fromEntries(READS.map((operation) => [operation, ruled]));
  const compared = [...comparedByRule()].map((model) => [
    model.charAt(0).toLowerCase() + model.slice(1),
    reads,
  ]);
  return {
    ...Object.fromEntries(compared),
    $allModels: {
      create: ruled,
      createMany: ruled,
      createManyAndReturn: ruled,
      update: ruled,
      updateMany: ruled,
      updateManyAndReturn: ruled,
      upsert: ruled,
    },
  };
}

function ruled<A, R>({ model, args, query }: Call<A, R>): R {
  return query(withRules(model, args) as A);
}
