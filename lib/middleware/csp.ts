import { formOrigins } from '@/lib/apps/installed';
import { type ContentSecurityPolicy, CSP_NONCE } from '@/lib/conf/csp';
import { settings } from '@/lib/conf/settings';
import type { Middleware } from './compose';

const HEADERS = [
  ['content-security-policy', 'SECURE_CSP'],
  ['content-security-policy-report-only', 'SECURE_CSP_REPORT_ONLY'],
] as const;

/**
 * A content security policy with a nonce made for this response. Next.js reads the nonce from the
 * request's header and puts it on every script of its own.
 * Django: middleware/csp.py ContentSecurityPolicyMiddleware
 */
export const ContentSecurityPolicyMiddleware: Middleware = async (request, next) => {
  const nonce = makeNonce();
  const policies = HEADERS.map(([name, key]) => [name, buildPolicy(policyOf(key), nonce)] as const);
  for (const [name, policy] of policies) {
    request.headers.delete(name);
    if (policy !== '') request.headers.set(name, policy);
  }
  const response = await next(request);
  for (const [name, policy] of policies) {
    if (policy !== '' && !response.headers.has(name)) response.headers.set(name, policy);
  }
  return response;
};

/**
 * The policies for a document of ours that loads nothing and that no middleware has seen; none where
 * the middleware is not listed.
 */
export function policyHeaders(): [name: string, value: string][] {
  if (!settings.MIDDLEWARE.includes('ContentSecurityPolicyMiddleware')) return [];
  return HEADERS.map(([name, key]): [string, string] => [
    name,
    buildPolicy(policyOf(key), makeNonce()),
  ]).filter(([, policy]) => policy !== '');
}

// A form of ours that begins at an app's page and ends elsewhere: Chromium asks form-action of each hop.
function policyOf(key: (typeof HEADERS)[number][1]): ContentSecurityPolicy {
  const policy = settings[key];
  const { 'form-action': own } = policy;
  const origins = formOrigins();
  if (origins.length === 0 || own === undefined || own === null || own === false) return policy;
  const sources = Array.isArray(own) ? own : [own];
  const named = sources.filter((source) => typeof source === 'string' && source !== "'none'");
  return { ...policy, 'form-action': [...new Set([...named, ...origins])] };
}

/**
 * The header's text: directives in their order, sources in theirs; true is a bare directive; false,
 * null and an empty list leave it out.
 * Django: utils/csp.py build_policy
 */
export function buildPolicy(policy: ContentSecurityPolicy, nonce: string): string {
  return Object.entries(policy)
    .flatMap(([directive, value]) => {
      if (value === true) return [directive];
      const sources = typeof value === 'string' ? [value] : value || [];
      if (sources.length === 0) return [];
      const named = sources.map((source) => (source === CSP_NONCE ? `'nonce-${nonce}'` : source));
      return [`${directive} ${named.join(' ')}`];
    })
    .join('; ');
}

function makeNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}
