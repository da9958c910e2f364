import { describe, expect, it } from 'vitest';
import { isOnlyTyped, shownChoice, typedChoice } from '@/components/forms/model/typed-choice';

const ROWS = [
  [3, 'Fruit'],
  [4, '3'],
  ['a1', 'Bread'],
  [7, 'Milk'],
  [8, 'Milk'],
] as const;

describe('a text that is typed to choose', () => {
  it.each([
    ['Fruit', '3'],
    ['3', '4'],
    ['Bread', 'a1'],
    ['', ''],
    [' ', ''],
  ])('sends for %j the value %j', (typed, sent) => {
    expect(typedChoice(ROWS, typed)).toBe(sent);
    expect(isOnlyTyped(sent, typed)).toBe(false);
  });

  it.each(['4', ' 4', '04', '4.0', 'a1', '12', 'Frui', 'Milk', '“x”'])(
    'sends for %j, which is the label of none or of two, no value of any row, and shows it again',
    (typed) => {
      const sent = typedChoice(ROWS, typed);
      expect(sent).toMatch(/^“.*”$/);
      expect(shownChoice(ROWS, sent)).toBe(typed);
      expect(isOnlyTyped(sent, typed)).toBe(true);
    },
  );

  it.each([
    ['3', 'Fruit'],
    ['8', 'Milk'],
    ['17', '17'],
    ['', ''],
  ])('is of the value %j the label %j', (value, label) => {
    expect(shownChoice(ROWS, value)).toBe(label);
  });
});
