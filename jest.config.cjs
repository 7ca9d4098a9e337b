const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** Jest runs the fast suites and the browser suite as two projects; `npm run test:fast` leaves the browser out. */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'fast',
      testMatch: ['<rootDir>/test/{unit,http,store,conversations,understanding}/**/*.test.ts'],
    },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
  ],
  reporters: ['default', '<rootDir>/test/support/tallyReporter.cjs'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
