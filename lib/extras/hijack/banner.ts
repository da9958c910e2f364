import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import type { Banner } from '@/lib/http/banners';
import type { HttpRequest } from '@/lib/http/request';
import { parseImpersonation } from './impersonation-state';

/** Who acts as whom, why, and for how long still; null for everybody in person. */
export function impersonationBanner(
  { user, session }: Pick<HttpRequest, 'user' | 'session'>,
  now = Date.now(),
): Banner | null {
  const state = parseImpersonation(session.get(IMPERSONATOR_KEY));
  const { impersonator } = user;
  if (!state || !impersonator) return null;
  const minutes = Math.max(1, Math.ceil((state.until - now) / 60_000));
  const left = minutes === 1 ? '1 minute left' : `${minutes} minutes left`;
  return {
    name: 'impersonation',
    text: [
      'You are acting as ',
      { strong: user.getUsername() },
      `. ${impersonator.getUsername()} · ${state.reason} · ${left}`,
    ],
    link: { href: '/hijack/release/', label: 'Stop' },
  };
}
