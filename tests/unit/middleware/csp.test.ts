import { describe, expect, it } from 'vitest';
import { CSP_NONCE, defaultPolicy } from '@/lib/conf/csp';
import { overrideSettings } from '@/lib/conf/settings';
import { buildPolicy, ContentSecurityPolicyMiddleware } from '@/lib/middleware/csp';

const NAME = 'content-security-policy';

async function send(headers: Record<string, string> = {}, view = new Response('page')) {
  let seen: string | null = null;
  const request = new Request('http://localhost/', { headers });
  const response = await ContentSecurityPolicyMiddleware(request, async (inner) => {
    seen = inner.headers.get(NAME);
    return view;
  });
  return { response, seen };
}

describe('buildPolicy', () => {
  it('keeps the order of directives and sources', () => {
    const policy = { 'default-src': ["'none'"], 'img-src': ["'self'", 'data:'], sandbox: true };
    expect(buildPolicy(policy, 'n')).toBe("default-src 'none'; img-src 'self' data:; sandbox");
  });

  it('takes a text as it is and leaves out what is off or empty', () => {
    const policy = { 'base-uri': "'none'", 'a-src': false, 'b-src': null, 'c-src': [] };
    expect(buildPolicy(policy, 'n')).toBe("base-uri 'none'");
    expect(buildPolicy({}, 'n')).toBe('');
  });

  it('puts the nonce where the policy asks for it', () => {
    expect(buildPolicy({ 'script-src': [CSP_NONCE, "'strict-dynamic'"] }, 'abc')).toBe(
      "script-src 'nonce-abc' 'strict-dynamic'",
    );
  });
});

describe('defaultPolicy', () => {
  it('allows nothing unsafe in production', () => {
    expect(JSON.stringify(defaultPolicy(false))).not.toMatch(/unsafe|ws:|\*/);
    expect(defaultPolicy(false)['default-src']).toEqual(["'none'"]);
  });
});

describe('ContentSecurityPolicyMiddleware', () => {
  it('gives page and browser the same policy, with a new nonce each time', async () => {
    const [first, second] = [await send(), await send()];
    expect(first.response.headers.get(NAME)).toBe(first.seen);
    expect(first.seen).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'/);
    expect(second.seen).not.toBe(first.seen);
  });

  it('believes no policy, and so no nonce, of the client', async () => {
    const { seen } = await send({ [NAME]: "script-src 'nonce-evil'" });
    expect(seen).not.toContain('evil');
    await overrideSettings({ SECURE_CSP: {} }, async () => {
      const { seen: none, response } = await send({ [NAME]: "script-src 'nonce-evil'" });
      expect(none).toBeNull();
      expect(response.headers.has(NAME)).toBe(false);
    });
  });

  it('keeps the policy that a view has set', async () => {
    const view = new Response('page', { headers: { [NAME]: 'sandbox' } });
    expect((await send({}, view)).response.headers.get(NAME)).toBe('sandbox');
  });

  it('sends a report-only policy beside the other', async () => {
    const changed = { SECURE_CSP_REPORT_ONLY: { 'img-src': ["'none'"] } };
    await overrideSettings(changed, async () => {
      const { response } = await send();
      expect(response.headers.get(`${NAME}-report-only`)).toBe("img-src 'none'");
      expect(response.headers.get(NAME)).toContain("default-src 'none'");
    });
  });
});
