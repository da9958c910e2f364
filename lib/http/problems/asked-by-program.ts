import { isApiPath } from '@/lib/apps/installed';

type ReadableHeaders = Pick<Headers, 'get'>;

/**
 * Whether a program asks and not a person in front of a browser: it brings a bearer, asks under an
 * address that is there for programs, or would rather have JSON than a page. What is refused to it is a
 * problem document, with a status that tells. Nothing is allowed by it. Runs at the Edge.
 * Django REST framework: renderers and negotiation
 */
export function isAskedByProgram(headers: ReadableHeaders, pathname: string): boolean {
  return hasBearer(headers) || isApiPath(pathname) || prefersJson(headers.get('accept') ?? '');
}

/**
 * Whether the request brings a bearer, be it good or not.
 * RFC 6750 2.1; RFC 9110 11.1, by which the scheme is read in capitals too
 */
export function hasBearer(headers: ReadableHeaders): boolean {
  return /^bearer( |$)/i.test(headers.get('authorization') ?? '');
}

// A browser's own requests name HTML, and what scripts fetch names nothing.
function prefersJson(accept: string): boolean {
  const json = weightOf(accept, /^application\/(json|[\w.-]+\+json)$/);
  return json > 0 && json > weightOf(accept, /^(text\/html|application\/xhtml\+xml)$/);
}

// RFC 9110 12.5.1: a range without a weight weighs 1.
function weightOf(accept: string, wanted: RegExp): number {
  const weights = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (!wanted.test(type)) return 0;
    const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
    return weight === undefined ? 1 : Number(weight) || 0;
  });
  return Math.max(0, ...weights);
}
