import { multipart } from '../e2e/html-forms';

type Fields = readonly [name: string, value: string][];

/**
 * The call that Next.js's script makes when a form is sent with JavaScript. Unlike the form without
 * it, it runs at any address of the site: Next.js hands it to a page that has the action. `fields`
 * are the form's own, hidden ones with them.
 */
export function fetchAction(fields: Fields): { headers: Record<string, string>; body: Buffer } {
  const { id, args } = called(fields);
  const typed = fields.filter(([name]) => !name.startsWith('$ACTION'));
  const { headers, body } = multipart([
    ...typed.map(([name, value]): [string, string] => [`_1_${name}`, value]),
    ['0', JSON.stringify([...args, '$K1'])],
  ]);
  return { headers: { ...headers, accept: 'text/x-component', 'next-action': id }, body };
}

// A plain action is named in a field; one of useActionState is described, with its state, in two.
function called(fields: Fields): { id: string; args: unknown[] } {
  const plain = fields.find(([name]) => name.startsWith('$ACTION_ID_'));
  if (plain) return { id: plain[0].slice('$ACTION_ID_'.length), args: [] };
  const fieldThatEnds = (end: string) => fields.find(([name]) => name.endsWith(end))?.[1] ?? 'null';
  const { id } = JSON.parse(fieldThatEnds(':0')) as { id: string };
  return { id, args: JSON.parse(fieldThatEnds(':1')) as unknown[] };
}
