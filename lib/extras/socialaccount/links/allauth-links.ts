import { settings } from '@/lib/conf/settings';
import type { AllauthImport } from '@/lib/contrib/auth/management/allauth-imports';
import { db } from '@/lib/db/client';

/**
 * Count the links of each provider. They are used as they are where they stand; what is told is which of
 * them sign in nobody, because no provider of the settings has their id.
 * allauth: socialaccount
 */
export const tellOfAllauthLinks: AllauthImport = async () => {
  const found = await db.socialAccount.groupBy({
    by: ['provider'],
    _count: true,
    orderBy: { provider: 'asc' },
  });
  const known = settings.SOCIALACCOUNT_PROVIDERS.map(({ id }) => id);
  return found.map(({ provider, _count: count }) =>
    known.includes(provider)
      ? `links to ${provider}: in use: ${count}`
      : `links to ${provider}: SOCIALACCOUNT_PROVIDERS has no provider of this id: ${count}`,
  );
};
