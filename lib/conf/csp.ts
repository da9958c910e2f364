/** Stands for the response's own nonce in a policy. Django: utils/csp.py CSP.NONCE */
export const CSP_NONCE = '<nonce>';

/**
 * Directives and their sources, in the order in which they are sent; true for a directive without
 * sources, false or null for none.
 * Django: SECURE_CSP
 */
export type ContentSecurityPolicy = Readonly<
  Record<string, readonly string[] | string | boolean | null>
>;

/**
 * Nothing but what this application uses, and scripts by nonce only. While developing, Next.js
 * evaluates code, adds styles by script and speaks over a socket.
 */
export function defaultPolicy(isDebug: boolean): ContentSecurityPolicy {
  return {
    'default-src': ["'none'"],
    'script-src': [CSP_NONCE, "'strict-dynamic'", ...(isDebug ? ["'unsafe-eval'"] : [])],
    'style-src': isDebug ? ["'self'", "'unsafe-inline'"] : ["'self'", CSP_NONCE],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(isDebug ? ['ws:'] : [])],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
}
