import { isValidElement, type ReactNode } from 'react';

/**
 * Draw a page as the server does, as far as it asks the database: every component that is called on the server,
 * with all that stands in it. One with hooks is the browser's; of it what it was handed is drawn.
 */
export async function drawn(node: unknown): Promise<void> {
  if (node instanceof Promise) return drawn(await node);
  if (Array.isArray(node)) {
    for (const each of node) await drawn(each);
    return;
  }
  if (!isValidElement<Record<string, unknown>>(node)) return;
  const { type, props } = node;
  if (typeof type === 'function' && !/\buse([A-Z]\w*)?\)?\(/.test(String(type))) {
    const component = type as (given: typeof props) => ReactNode | Promise<ReactNode>;
    return drawn(await component(props));
  }
  for (const each of Object.values(props)) await drawn(each);
}
