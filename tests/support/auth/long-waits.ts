import { aroundEach } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';

/**
 * Let whoever has used up their free tries wait as long as they ever have to, in the tests of a `describe`:
 * a machine that does much else may need the usual second for the next try.
 */
export function withLongWaits(): void {
  aroundEach(async (runTest) => {
    const policies = Object.entries(settings.THROTTLES).map(([kind, { account, network }]) => [
      kind,
      {
        account: { ...account, delay: account.maxDelay },
        network: { ...network, delay: network.maxDelay },
      },
    ]);
    await overrideSettings({ THROTTLES: Object.fromEntries(policies) }, runTest);
  });
}
