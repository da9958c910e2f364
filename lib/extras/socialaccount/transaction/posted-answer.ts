import { z } from 'zod';
import { readCookies } from '@/lib/core/cookies';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import type { ToldName } from '@/lib/extras/socialaccount/providers/adapter';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

const ANSWERS = ['code', 'state', 'iss', 'error'] as const;

const name = z.object({ given: z.string().max(150), family: z.string().max(150) });

const user = z.object({
  name: z.object({ firstName: z.string().default(''), lastName: z.string().default('') }),
});

const cookie = sealedCookie<ToldName>({
  name: 'gatehouse_told_name',
  salt: 'gatehouse.socialaccount.name',
  maxAge: 60,
  path: '/accounts/oidc/',
  parse: (content) => name.safeParse(content).data ?? null,
});

/**
 * What a provider has posted, as the query of our own address, and the name in it that it tells the first
 * time only. The name is kept out of the address.
 * Apple: Configuring your webpage for Sign in with Apple, response_mode
 */
export function postedAnswer(form: FormData): { query: URLSearchParams; name: ToldName | null } {
  const query = new URLSearchParams();
  for (const each of ANSWERS) {
    const value = form.get(each);
    if (typeof value === 'string') query.set(each, value);
  }
  return { query, name: nameIn(form.get('user')) };
}

function nameIn(text: FormDataEntryValue | null): ToldName | null {
  if (typeof text !== 'string') return null;
  try {
    const { firstName: given, lastName: family } = user.parse(JSON.parse(text)).name;
    return name.safeParse({ given, family }).data ?? null;
  } catch {
    return null;
  }
}

/** Keep the name until the answer comes again. For handlers. */
export async function keepPosted({ isSecure }: HttpRequest, told: ToldName): Promise<void> {
  const jar = await currentSource().cookies();
  jar.set(cookie.name(isSecure), await cookie.seal(told), cookie.options(told, isSecure));
}

/** The name that was kept, which is then forgotten. */
export async function takePosted({
  isSecure,
  headers,
}: HttpRequest): Promise<ToldName | undefined> {
  const told = await cookie.open(readCookies(headers, cookie.name(isSecure)));
  if (!told) return undefined;
  const options = { ...cookie.options(told, isSecure), maxAge: 0 };
  (await currentSource().cookies()).set(cookie.name(isSecure), '', options);
  return told;
}
