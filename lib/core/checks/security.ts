import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from './registry';

const REFERRER_POLICIES = new Set([
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]);
const OPENER_POLICIES = new Set(['same-origin', 'same-origin-allow-popups', 'unsafe-none']);

/**
 * Middleware that protects every page and is not listed. Before a deployment.
 * Django: core/checks/security/base.py check_security_middleware, check_xframe_options_middleware,
 * core/checks/security/csrf.py check_csrf_middleware
 */
export function checkSecurityMiddleware(): CheckMessage[] {
  const found: CheckMessage[] = [];
  if (!isListed('SecurityMiddleware')) {
    const message = "MIDDLEWARE lacks 'SecurityMiddleware': no SECURE_* setting has an effect.";
    found.push(checkWarning('security.W001', message, 'Add it, first, in lib/site/settings.ts.'));
  }
  if (!isListed('SecurityMiddleware') || settings.X_FRAME_OPTIONS === null) {
    const message = 'X-Frame-Options is not sent: other sites may show these pages in a frame.';
    const hint = "List 'SecurityMiddleware' and set X_FRAME_OPTIONS to 'DENY'.";
    found.push(checkWarning('security.W002', message, hint));
  }
  if (!isListed('CsrfViewMiddleware')) {
    const message =
      "MIDDLEWARE lacks 'CsrfViewMiddleware': forged forms are refused, but not explained.";
    const hint = "Add it behind 'CommonMiddleware' in lib/site/settings.ts.";
    found.push(checkWarning('security.W003', message, hint));
  }
  return found;
}

/**
 * Headers that SecurityMiddleware is told to leave out, weaken or misspell, and plain http that it
 * lets pass. Before a deployment; nothing where it is not listed.
 * Django: core/checks/security/base.py check_sts to check_cross_origin_opener_policy
 */
export function checkSecuritySettings(): CheckMessage[] {
  if (!isListed('SecurityMiddleware')) return [];
  const { SECURE_HSTS_SECONDS: hsts, X_FRAME_OPTIONS: frame } = settings;
  const { SECURE_REFERRER_POLICY: referrer } = settings;
  const warnings: [is: boolean, id: string, message: string, hint: string][] = [
    [
      hsts === 0,
      'security.W004',
      'SECURE_HSTS_SECONDS is 0.',
      'Once the site is served over https only, set it to 31536000, a year.',
    ],
    [
      hsts > 0 && !settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
      'security.W005',
      'SECURE_HSTS_INCLUDE_SUBDOMAINS is off.',
      'Set it to true if every subdomain is served over https only.',
    ],
    [
      !settings.SECURE_CONTENT_TYPE_NOSNIFF,
      'security.W006',
      'SECURE_CONTENT_TYPE_NOSNIFF is off: browsers may guess what a file is.',
      'Set it to true.',
    ],
    [
      !settings.SECURE_SSL_REDIRECT,
      'security.W008',
      'SECURE_SSL_REDIRECT is off.',
      'Set it to true, or let the proxy in front send plain http to https.',
    ],
    [
      frame === 'SAMEORIGIN',
      'security.W019',
      "X_FRAME_OPTIONS is not 'DENY'.",
      "Set it to 'DENY', unless this site shows its own pages in frames.",
    ],
    [
      hsts > 0 && !settings.SECURE_HSTS_PRELOAD,
      'security.W021',
      'SECURE_HSTS_PRELOAD is off: browsers cannot know beforehand to use https.',
      'Set it to true before the site is submitted to the preload list.',
    ],
    [
      referrer === null,
      'security.W022',
      'SECURE_REFERRER_POLICY is not set.',
      "Set it to 'same-origin'.",
    ],
  ];
  return warnings
    .filter(([is]) => is)
    .map(([, id, message, hint]) => checkWarning(id, message, hint))
    .concat(checkSpelling());
}

/**
 * A content security policy that is no object of directives. Stops the start.
 * Django: core/checks/security/base.py check_csp_settings
 */
export function checkContentSecurityPolicy(): CheckMessage[] {
  return (['SECURE_CSP', 'SECURE_CSP_REPORT_ONLY'] as const)
    .filter((name) => !isPlainObject(settings[name]))
    .map((name) =>
      checkError(
        'security.E026',
        `${name} is no object of directives.`,
        `Write it as in lib/conf/csp.ts, such as { 'default-src': ["'self'"] }.`,
      ),
    );
}

function isListed(name: string): boolean {
  return settings.MIDDLEWARE.includes(name);
}

function checkSpelling(): CheckMessage[] {
  const { SECURE_REFERRER_POLICY: referrer, SECURE_CROSS_ORIGIN_OPENER_POLICY: opener } = settings;
  const policies = [referrer ?? []].flat().flatMap((list) => list.split(','));
  const unknown = policies.map((policy) => policy.trim()).filter((p) => !REFERRER_POLICIES.has(p));
  return [
    ...unknown.map((policy) => misspelt('security.E023', 'SECURE_REFERRER_POLICY', policy)),
    ...[opener ?? []]
      .flat()
      .filter((policy) => !OPENER_POLICIES.has(policy))
      .map((policy) => misspelt('security.E024', 'SECURE_CROSS_ORIGIN_OPENER_POLICY', policy)),
  ];
}

function misspelt(id: string, name: string, value: string): CheckMessage {
  return checkError(id, `${name} has '${value}', which no browser knows.`, 'Correct its spelling.');
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
