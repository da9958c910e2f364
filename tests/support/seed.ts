const FIXED = 20_261_128;

/**
 * What generated tests are drawn with: TEST_SEED, or one seed for all in `npm test`, so that a red run is
 * red again; under TEST_LONG a new one for each run, which is printed with what failed.
 */
export const SEED = Number(
  process.env['TEST_SEED'] ?? (process.env['TEST_LONG'] ? Date.now() % 2 ** 31 : FIXED),
);
