import { refresh } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { forbidden, notFound, redirect, unstable_rethrow } from 'next/navigation';
import { after } from 'next/server';
import { currentExchange, setStatus } from '@/lib/http/server/exchange';
import type { RequestSource } from './request-source';

/** The request that Next.js is answering; what Next does not give is read from Node's own. */
export const nextSource: RequestSource = {
  headers,
  cookies,
  incoming() {
    const exchange = currentExchange();
    if (!exchange) return null;
    const { request, url, remoteUser = null } = exchange;
    return {
      method: request.method ?? 'GET',
      url,
      remoteUser,
      header(name) {
        const value = request.headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
      },
    };
  },
  notes: currentExchange,
  setStatus,
  setHeader(name, value) {
    openResponse()?.setHeader(name, value);
  },
  appendHeader(name, value) {
    openResponse()?.appendHeader(name, value);
  },
  redirect,
  forbidden,
  notFound,
  refresh,
  after,
  rethrow: unstable_rethrow,
  isRedirect: (error) =>
    error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_REDIRECT'),
};

function openResponse() {
  const response = currentExchange()?.response;
  return response?.headersSent === false ? response : null;
}
