// Test settings: every *.test.ts below test/, browser tests apart (see vitest.browser.config.ts).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    sequence: { shuffle: true },
  },
});
