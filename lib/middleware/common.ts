import { isProbe } from '@/lib/conf/probes';
import { settings } from '@/lib/conf/settings';
import { getHost, isAllowedHost, NOT_SERVED } from '@/lib/core/hosts';
import type { Middleware } from './compose';
import { refusal } from './refusal';

/**
 * Refuse hosts that are not ours (400) and user agents that are not wanted (403). A load balancer
 * asks its probes under any name. Next.js itself adds missing slashes.
 * Django: middleware/common.py CommonMiddleware, core/handlers/base.py (get_host)
 */
export const CommonMiddleware: Middleware = async (request, next) => {
  const agent = request.headers.get('user-agent') ?? '';
  if (settings.DISALLOWED_USER_AGENTS.some((pattern) => pattern.test(agent))) {
    return refusal(403, 'Not allowed', 'This program may not visit this site.');
  }
  const host = getHost(request.headers);
  if (!isProbe(new URL(request.url).pathname) && (host === null || !isAllowedHost(host))) {
    return refusal(400, 'Bad request', NOT_SERVED);
  }
  return next(request);
};
