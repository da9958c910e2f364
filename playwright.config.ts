import { defineConfig, devices } from '@playwright/test';
import { findTestBrowser } from './tests/support/e2e/browser';

const executablePath = findTestBrowser();

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/e2e/global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 3,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    // A test gets the browser context of the one before, emptied: a new one costs a second of CPU.
    reuseContext: true,
    // Costs an eighth of the whole run; `npx playwright test --trace on` writes one.
    trace: 'off',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // First, for among them are the longest: started last, they would leave a core idle at the end.
    { name: 'no-javascript', use: { javaScriptEnabled: false }, grepInvert: /@javascript-only/ },
    { name: 'javascript', grepInvert: /@no-javascript-only/ },
  ],
});
