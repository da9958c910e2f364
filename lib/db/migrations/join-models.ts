import { ImproperlyConfigured } from '@/lib/core/exceptions';

type Relation = {
  /** The model with the key, and the one that it leads to. */
  from: string;
  to: string;
  /** What tells two relations between the same models apart; Django's `related_name`. */
  name: string | null;
  isUnique: boolean;
  /** Whether neither model has a key: Prisma ties them by a table of its own. */
  isManyToMany?: boolean;
};

const MODEL = /^model (\w+) \{\n([\s\S]*?)^\}\n/gm;

/**
 * Put the models of several files together. A model that another app's key leads to need not know of
 * it: Prisma wants both ends of a relation, and the missing one is added here, as Django adds it. It is
 * named like the relation, `@relation("editedArticles", …)`, or else `articleSet` for a model Article;
 * for a key that is `@unique`, `article`. A list of another model's rows that has no key at either end
 * is a many-to-many relation, and has its other end added too. Throws ImproperlyConfigured
 * where a relation leads to a model that is in no text, and for two models of one name.
 * Django: django/db/models/fields/related.py ForeignObject.contribute_to_related_class
 */
export function joinModels(texts: readonly string[]): string {
  const text = `${texts.join('\n')}\n`;
  refuseSameNames(text);
  const models = new Map([...text.matchAll(MODEL)].map(([, name = '', body = '']) => [name, body]));
  const added = new Map<string, string[]>();
  const relations = [...models].flatMap(([model, body]) => [
    ...relationsOf(model, body),
    ...manyToManyOf(model, body, models),
  ]);
  for (const relation of relations) {
    const { from, to } = relation;
    const target = models.get(to);
    if (target === undefined) {
      throw new ImproperlyConfigured(
        `${from} has a relation to ${to}, which no app has, or none that is migrated yet.`,
      );
    }
    if (!hasOtherEnd(target, relation)) added.set(to, [...(added.get(to) ?? []), end(relation)]);
  }
  return text.replace(MODEL, (model, name: string, body: string) => {
    const ends = added.get(name) ?? [];
    return ends.length === 0 ? model : `model ${name} {\n${body}\n${ends.join('\n')}\n}\n`;
  });
}

function relationsOf(model: string, body: string): Relation[] {
  return body.split('\n').flatMap((line) => {
    const [, to, key] = /^\s+\w+\s+(\w+)\??\s.*@relation\(.*\bfields: \[(\w+)\]/.exec(line) ?? [];
    if (to === undefined || key === undefined) return [];
    const isUnique = new RegExp(`^\\s+${key}\\s.*@(unique|id)\\b`, 'm').test(body);
    return [{ from: model, to, name: nameIn(line), isUnique }];
  });
}

// The list of a key's rows is no relation of its own: that is where the key is.
function manyToManyOf(
  model: string,
  body: string,
  models: ReadonlyMap<string, string>,
): Relation[] {
  return body.split('\n').flatMap((line) => {
    const [, to] = /^\s+\w+\s+(\w+)\[\]/.exec(line) ?? [];
    const target = to === undefined || to === model ? undefined : models.get(to);
    if (to === undefined || target === undefined) return [];
    const name = nameIn(line);
    const isKeyed = relationsOf(to, target).some((each) => each.to === model && each.name === name);
    if (isKeyed) return [];
    return [{ from: model, to, name, isUnique: false, isManyToMany: true }];
  });
}

function refuseSameNames(text: string): void {
  const names = [...text.matchAll(/^model (\w+) \{/gm)].map(([, name = '']) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ImproperlyConfigured(
    `Two apps have a model ${twice}: begin the name of one of them with its app's, as in Shop${twice} for the app shop.`,
  );
}

function hasOtherEnd(target: string, { from, name }: Relation): boolean {
  const isEnd = new RegExp(`^\\s+\\w+\\s+${from}(\\[\\]|\\?)`);
  return target
    .split('\n')
    .some((line) => isEnd.test(line) && !line.includes('fields:') && nameIn(line) === name);
}

function end({ from, name, isUnique }: Relation): string {
  const own = from.charAt(0).toLowerCase() + from.slice(1);
  const field = name ?? (isUnique ? own : `${own}Set`);
  return `  ${field} ${from}${isUnique ? '?' : '[]'}${name === null ? '' : ` @relation("${name}")`}`;
}

function nameIn(line: string): string | null {
  return /@relation\((?:.*\bname: )?"(\w+)"/.exec(line)?.[1] ?? null;
}
