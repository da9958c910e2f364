/** As much of a declaration as taking it out asks for; `lib/apps/define-app.ts` has the whole. */
export type AppDeclaration = {
  readonly label: string;
  readonly requires?: readonly string[];
  readonly settings?: { readonly [name: string]: unknown };
  readonly models: {
    readonly [model: string]: {
      readonly appLabel?: string;
      readonly permissions?: readonly (readonly [codename: string, label: string])[];
    };
  };
};

/**
 * Patterns of the words by which a test names an app without importing it: its permissions, in full
 * or by the `codename` of their rows, its models as `app.model`, the rows of these (`db.article`) and
 * their tables, its settings, and the addresses of its pages.
 */
export function wordsOf(
  { label, models, settings = {} }: AppDeclaration,
  pages: readonly string[],
  schema: string,
): RegExp[] {
  const permissions = Object.entries(models).flatMap(([model, declaration]) => {
    const at = literal(declaration.appLabel ?? label);
    const actions = ['add', 'change', 'delete', 'view'].map((action) => `${action}_${model}`);
    const own = (declaration.permissions ?? []).map(([codename]) => codename);
    const bare = [...actions, ...own].map(literal).join('|');
    return [`['"\`]${at}\\.(${literal(model)}|${bare})\\b`, `codename: ['"\`](${bare})['"\`]`];
  });
  const rows = [...schema.matchAll(/^model (\w)(\w*) \{/gm)].map(
    ([, first = '', rest = '']) => `\\b(db|tx|client)\\.${first.toLowerCase()}${rest}\\b`,
  );
  const tables = [...schema.matchAll(/^ {2}@@map\("(\w+)"\)/gm)].map(
    ([, table = '']) => `\\b${table}\\b`,
  );
  const own = Object.keys(settings).map((name) => `\\b${name}\\b`);
  return [...permissions, ...own, ...rows, ...tables, ...pages.map(addressPattern)].map(
    (pattern) => new RegExp(pattern),
  );
}

/** `app/(why)/admin/[app]/permissions/page.tsx` as a pattern of the addresses that it answers. */
function addressPattern(file: string): string {
  const parts = file.split('/').slice(1, -1);
  const path = parts
    .filter((part) => !part.startsWith('('))
    .map((part) => (part.startsWith('[') ? '[^/\\s\'"]+' : literal(part)));
  // Not the folder of that name.
  return `(?<!\\b(?:lib/contrib|components|app)|\\))/${path.join('/')}/`;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
