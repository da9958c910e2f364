import { describe, expect, it } from 'vitest';
import { isServerAction, readCall } from '@/lib/http/views';

const address = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };

describe('readCall', () => {
  it('knows a page by its address', () => {
    expect(readCall([address, undefined])?.kind).toBe('page');
  });

  it('knows an action by its form, with a state before it or without', () => {
    const form = new FormData();
    expect(readCall([form])).toEqual({ kind: 'action', form, state: undefined });
    expect(readCall([{ values: {} }, form])).toEqual({
      kind: 'action',
      form,
      state: { values: {} },
    });
  });

  it('knows a route handler by its request', () => {
    expect(readCall([new Request('http://localhost/')])?.kind).toBe('handler');
  });

  it('refuses what only a forged action call sends', () => {
    for (const args of [[], [null], ['x'], [{}], [{ params: {}, searchParams: {} }], [1, 2, 3]]) {
      expect(readCall(args)).toBeNull();
    }
  });

  it('takes an action for nothing else, whatever it is called with', () => {
    const form = new FormData();
    const request = new Request('http://localhost/');
    for (const args of [[address], [address, undefined], [request], [request, address], []]) {
      expect(readCall(args, true)).toBeNull();
    }
    expect(readCall([address, form], true)?.kind).toBe('action');
  });
});

describe('isServerAction', () => {
  it('knows what React has marked as one', () => {
    const action = async () => {};
    expect(isServerAction(action)).toBe(false);
    const marked = { value: Symbol.for('react.server.reference') };
    expect(isServerAction(Object.defineProperties(action, { $$typeof: marked }))).toBe(true);
  });
});
