import { describe, expect, it } from 'vitest';
import { writeLetter } from '@/lib/core/mail/letter';

const letter = writeLetter('A & B', [
  'Hello <b>ada</b>,',
  { label: 'Choose', href: 'https://example.com/a/?b=1&c="2"', strong: true },
  { label: 'Or here', href: 'https://example.com/' },
]);

describe('writeLetter', () => {
  it('says the same in text and in HTML, with each link on a line of its own', () => {
    expect(letter.text).toBe(
      'Hello <b>ada</b>,\n\nChoose:\nhttps://example.com/a/?b=1&c="2"\n\nOr here:\nhttps://example.com/\n',
    );
    expect(letter.html).toContain('<a href="https://example.com/">https://example.com/</a>');
    expect(letter.html).toContain('>Choose</a>');
  });

  it('escapes every text in the HTML', () => {
    expect(letter.html).toContain('Hello &lt;b&gt;ada&lt;/b&gt;,');
    expect(letter.html).toContain('href="https://example.com/a/?b=1&amp;c=&quot;2&quot;"');
    expect(letter.html).toContain('<title>A &amp; B</title>');
  });

  it('loads nothing from anywhere', () => {
    expect(letter.html).not.toMatch(
      /<(img|link|script|iframe|object|video|style)|src=|url\(|@import/i,
    );
  });
});
