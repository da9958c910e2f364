import { formatHtml } from '@/lib/core/html';

/**
 * A small page of its own for a request that is refused before any view runs: it needs no script,
 * no style and no session. `why` is our own sentence, never the request's.
 * Django: views/csrf.py csrf_failure, views/defaults.py bad_request
 */
export function refusal(status: 400 | 403, title: string, why: string): Response {
  return new Response(refusalPage(title, why), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** The document of a refusal. */
export function refusalPage(title: string, why: string): string {
  return String(
    formatHtml`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><main><h1>${title}</h1><p>${why}</p><p><a href="/">Go to the start page</a></p></main></html>`,
  );
}
