/**
 * One layer of `settings.MIDDLEWARE`: sees the request on its way in and the response on its way
 * out, or answers by itself without calling `next`. Web standards only, so that it runs at the Edge
 * and under plain Node. It may change the request's headers; the page sees them changed.
 * Django: docs/topics/http/middleware
 */
export type Middleware = (request: Request, next: Next) => Promise<Response>;

/** The rest of the chain. */
export type Next = (request: Request) => Promise<Response>;

/**
 * Compose layers, outermost first, around `view`.
 * Django: core/handlers/base.py load_middleware
 */
export function composeMiddleware(layers: readonly Middleware[], view: Next): Next {
  return layers.reduceRight<Next>((next, layer) => (request) => layer(request, next), view);
}
