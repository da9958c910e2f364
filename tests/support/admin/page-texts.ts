import { isValidElement } from 'react';

/**
 * Every text that a page hands to what draws it, without drawing it: children, properties, rows of
 * what is listed. What is not here no browser is sent.
 */
export function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  const seen = new Set<object>();
  const walk = (each: unknown): void => {
    if (typeof each === 'string' || typeof each === 'number') texts.push(String(each));
    if (typeof each !== 'object' || each === null || seen.has(each)) return;
    seen.add(each);
    if (each instanceof Date) return;
    if (isValidElement(each)) walk(each.props);
    else for (const part of Array.isArray(each) ? each : Object.values(each)) walk(part);
  };
  walk(value);
  return texts;
}
