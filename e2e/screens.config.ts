import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** The same program and browser as for the journeys, for pictures instead of proofs. */
export default defineConfig(journeys, {
  testDir: 'screens',
  testMatch: '**/screens.ts',
  outputDir: 'test-results/screens',
  timeout: 300_000,
  use: { trace: 'off', screenshot: 'off', serviceWorkers: 'block' },
});
