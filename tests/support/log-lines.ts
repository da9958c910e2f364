import { stripVTControlCharacters } from 'node:util';
import { expect } from '@playwright/test';
import { testEnvironment } from './e2e/environment';

/** What Next.js prints before our part of it begins. */
const BANNER = /^\s*(▲|-|✓|⚠|$)/;

/**
 * Each line that a server has printed is JSON with its time, gravity and logger; one about a request
 * names it; and none holds a secret.
 */
export function expectLogLines(lines: readonly string[]): void {
  const [secret, key] = [
    testEnvironment.SECRET_KEY,
    testEnvironment.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
  ];
  const faults = lines
    .map(stripVTControlCharacters)
    .filter((line) => !BANNER.test(line))
    .flatMap((line) => {
      if (line.includes(secret) || line.includes(key)) return [`a secret: ${line}`];
      const entry = parsed(line);
      const isWhole = ['time', 'level', 'logger', 'message'].every((name) => name in entry);
      const isNamed = !String(entry['logger']).startsWith('http.access') || entry['request_id'];
      return isWhole && isNamed ? [] : [line];
    });
  expect(faults, 'lines of the server that are none of a log').toEqual([]);
}

function parsed(line: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
