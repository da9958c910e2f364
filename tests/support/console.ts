import { afterEach, beforeEach, expect, vi } from 'vitest';

// What is printed as an error is either expected, and then a test replaces console.error itself, or
// it is a fault that would otherwise scroll by.
const original = console.error;
const unexpected: unknown[][] = [];

beforeEach(() => {
  unexpected.length = 0;
  console.error = (...args: unknown[]) => {
    unexpected.push(args);
    original(...args);
  };
});

afterEach(() => {
  vi.restoreAllMocks();
  console.error = original;
  expect(unexpected, 'printed by console.error').toEqual([]);
});
