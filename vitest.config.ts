// Test settings: every *.test.ts below test/, browser tests apart (see vitest.browser.config.ts).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Left alone it keeps one core for itself: on the usual two, half as fast.
    maxWorkers: '100%',
    sequence: { shuffle: true },
  },
});
