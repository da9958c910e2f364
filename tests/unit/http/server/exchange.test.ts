import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ServiceUnavailable, TooManyRequests } from '@/lib/core/exceptions';
import { answerStatus } from '@/lib/http/answer';
import { refusedFormWith, throttledForm } from '@/lib/http/refused-form';
import { enterExchange, setStatus } from '@/lib/http/server/exchange';

function enter(): ServerResponse {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  enterExchange({ request, response, url: '/' });
  return response;
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

describe('setStatus', () => {
  it('sets status and Retry-After', () => {
    const response = enter();
    expect(setStatus(429, 8)).toBe(true);
    expect([response.statusCode, response.getHeader('retry-after')]).toEqual([429, '8']);
    enter();
    setStatus(403);
    expect(response.getHeader('retry-after')).toBe('8');
  });

  it('leaves a response alone whose head is gone', () => {
    const response = enter();
    response.writeHead(200);
    expect(setStatus(429, 8)).toBe(true);
    expect([response.statusCode, response.getHeader('retry-after')]).toEqual([200, undefined]);
  });
});

describe('answerStatus', () => {
  it.each([
    [new TooManyRequests(8), { status: 429, text: 'Too many requests.\n', retryAfter: 8 }],
    [new ServiceUnavailable(2), { status: 503, text: 'Service unavailable.\n', retryAfter: 2 }],
  ])('%s says when to come back', (error, answer) => {
    expect(answerStatus(error)).toEqual(answer);
  });
});

describe('a refused form', () => {
  it('keeps what was typed, never a password, and answers with its status', () => {
    const response = enter();
    const form = formOf({ username: 'ada', password: 'secret' });
    expect(refusedFormWith({ status: 409 }, form, 'No.')).toEqual({
      values: { username: 'ada' },
      fieldErrors: {},
      formErrors: ['No.'],
    });
    expect([response.statusCode, response.getHeader('retry-after')]).toEqual([409, undefined]);
  });

  it('says when to try again, and what helps meanwhile', () => {
    const response = enter();
    const state = throttledForm(8, formOf({ username: 'ada' }), 'Or ask.');
    expect(state.formErrors[0]).toMatch(
      /^Too many tries\. Try again in 8 seconds, at \d\d:\d\d:\d\d UTC\. Or ask\.$/,
    );
    expect([response.statusCode, response.getHeader('retry-after')]).toEqual([429, '8']);
  });
});
