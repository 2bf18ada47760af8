// A vitest reporter that prints nothing, and keeps the running tests in the file RUNNING_TESTS, so
// that a run that is ended from outside can report where it was.
import { writeFileSync } from 'node:fs';

/** Names the file; each of its lines is a test file and the test in it that started last. */
export const RUNNING_TESTS = 'DRYDOCK_RUNNING_TESTS';

export default class RunningReporter {
  /** @type {Map<string, string>} */
  #running = new Map();

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleStart({ relativeModuleId }) {
    this.#running.set(relativeModuleId, 'its set-up');
    this.#write();
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseReady({ module, fullName }) {
    this.#running.set(module.relativeModuleId, fullName);
    this.#write();
  }

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleEnd({ relativeModuleId }) {
    this.#running.delete(relativeModuleId);
    this.#write();
  }

  #write() {
    const file = process.env[RUNNING_TESTS];
    const lines = [...this.#running].map(([module, test]) => `${module} › ${test}`);
    if (file) writeFileSync(file, lines.join('\n'));
  }
}
