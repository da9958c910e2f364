import { defineConfig } from 'vitest/config';

const integration = (database: 'sqlite' | 'postgresql') => ({
  extends: true as const,
  test: {
    name: `integration-${database}`,
    include: ['tests/integration/**/*.test.ts'],
    env: { TEST_DATABASE: database },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...(database === 'postgresql' && { globalSetup: ['tests/setup/postgres-server.ts'] }),
  },
});

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    env: { SECRET_KEY: 'only-for-tests-0123456789abcdefghijklmnop', ALLOWED_HOSTS: 'localhost' },
    setupFiles: ['tests/setup/console.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          env: { DATABASE_URL: 'file:./unit/tests/have/no/database' },
          testTimeout: 20_000,
        },
      },
      integration('sqlite'),
      integration('postgresql'),
    ],
  },
});
