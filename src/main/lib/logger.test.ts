import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLogger } from './logger.ts';

function folder(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'drydock-logs-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

test('a log that grows is put aside, and a few old ones are kept', () => {
  const home = folder();
  const logger = openLogger(home, { maxBytes: 10_000 });
  for (let n = 0; n < 600; n += 1) logger.info({ n, text: 'x'.repeat(100) }, 'line');
  const file = path.join(home, 'logs', 'drydock.log');
  const files = [file, `${file}.1`, `${file}.2`, `${file}.3`];
  for (const one of files) {
    expect(statSync(one).size).toBeLessThan(11_000);
    expect(statSync(one).mode & 0o077).toBe(0);
  }
  expect(existsSync(`${file}.4`)).toBe(false);
  // The newest lines are all there, in their order.
  const numbers = files
    .toReversed()
    .flatMap((one) => readFileSync(one, 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line).n as number);
  expect(numbers).toEqual(
    Array.from({ length: numbers.length }, (_, index) => 600 - numbers.length + index),
  );
});
