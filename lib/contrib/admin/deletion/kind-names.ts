import { keyOf, modelMeta } from '@/lib/contrib/admin/meta';
import { modelGraph } from '@/lib/contrib/auth/users/model-graph';

/**
 * What so many rows of a model are called: "users", "log entry", "user-group relationships".
 * Django: contrib/admin/utils.py model_ngettext; create_many_to_many_intermediary_model
 */
export function nameOfKind(prismaName: string, count: number): string {
  const key = keyOf(prismaName);
  if (key) {
    const { verboseName, verboseNamePlural } = modelMeta(key);
    return count === 1 ? verboseName : verboseNamePlural;
  }
  const ends = Object.values(modelGraph()[prismaName]?.fields ?? {}).flatMap((field) =>
    field.kind === 'foreignKey' ? [keyOf(field.to)?.split('.')[1] ?? field.to.toLowerCase()] : [],
  );
  return `${ends.join('-')} relationship${count === 1 ? '' : 's'}`;
}
