import { Name } from '@/components/name';

/** A sentence in which people and groups are named: each name keeps its own direction of writing. */
export function WithNames({ text, names }: { text: string; names: readonly string[] }) {
  const name = names.find((each) => each !== '' && text.includes(each));
  if (name === undefined) return text;
  const start = text.indexOf(name);
  const others = names.filter((each) => each !== name);
  return (
    <>
      <WithNames text={text.slice(0, start)} names={others} />
      <Name text={name} />
      <WithNames text={text.slice(start + name.length)} names={others} />
    </>
  );
}

/** The names of groups among what has a kind and maybe a name. */
export function groupNames(sources: readonly { kind: string; name?: string }[]): string[] {
  return sources.flatMap(({ kind, name }) => (kind === 'group' && name ? [name] : []));
}
