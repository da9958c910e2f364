import { expect, test } from '../fixtures';

test('public pages are whole, for a stranger', {
  tag: '@no-javascript-only',
}, async ({ page }) => {
  for (const address of ['/', '/accounts/login/', '/accounts/logout/']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('an error in the console fails a test', { tag: '@javascript-only' }, async ({ page }) => {
  test.fail(true, 'The fixture refuses the error seeded here.');
  await page.goto('/');
  await page.evaluate(() => console.error('seeded'));
});
