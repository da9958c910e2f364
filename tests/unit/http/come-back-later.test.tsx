import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ComeBackLater } from '@/components/pages/come-back-later';

describe('ComeBackLater', () => {
  it.each([
    [429, 'That was too often'],
    [503, 'There is too much to do right now'],
  ] as const)('says on a %i why, and when to come back', (status, heading) => {
    const page = renderToStaticMarkup(<ComeBackLater status={status} retryAfter={8} />);
    expect(page).toContain(heading);
    expect(page).toMatch(/Come back <strong[^>]*>in 8 seconds, at \d\d:\d\d:\d\d UTC<\/strong>/);
  });

  it('says what its error says, as text', () => {
    const page = renderToStaticMarkup(
      <ComeBackLater status={429} retryAfter={8} message="<b>Busy</b>" />,
    );
    expect(page).toContain('&lt;b&gt;Busy&lt;/b&gt;');
  });
});
