import type { AllauthImport } from '@/lib/contrib/auth/management/allauth-imports';
import { allauthFactors } from './authenticators';
import { type Imported, importFactor } from './import-factor';

const WORDS: Record<Imported, string> = {
  taken: 'taken over',
  had: 'left, their owners have them or another already',
  unreadable: 'not readable',
  'not taken': 'not taken over',
};

/**
 * Take over the second factors of a Django site with allauth, and count them by kind and by what became
 * of them. Before its version 0.56 allauth has none.
 * allauth: mfa
 */
export const importFactors: AllauthImport = async ({ isDryRun }) => {
  const factors = (await allauthFactors()) ?? [];
  const counts = new Map<string, number>();
  for (const factor of factors) {
    const line = `${factor.type}: ${WORDS[await importFactor(factor, { isDryRun })]}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].sort().map(([line, count]) => `${line}: ${count}`);
  if (factors.some(({ type }) => type === 'recovery_codes')) {
    lines.push('Recovery codes of eight digits are not kept here: their owners make new ones.');
  }
  return lines;
};
