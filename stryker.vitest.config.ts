import { defineConfig } from 'vitest/config'

/** The tests that mutants of the scheduler's plugins have to get past; no Vue, no browser, one process. */
export default defineConfig({
  test: {
    include: ['tests/model/scheduler/{plugins/*,decide,profile}.test.ts', 'tests/recordings/scheduler-scenarios.test.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
  },
})
