import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { collectValues } from './arguments.ts';

test('the bytes of a file are given as hex, in the order of the arguments', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-arguments-'));
  const file = path.join(folder, 'data.bin');
  try {
    writeFileSync(file, Buffer.from([0, 255, 64]));
    expect(collectValues('5', collectValues(`@${file}`, ['first']))).toEqual([
      ...['first', '0x00ff40', '5'],
    ]);
    expect(collectValues('@@home')).toEqual(['@home']);
    for (const none of [`${file}.none`, folder, '/dev/zero']) {
      expect(() => collectValues(`@${none}`)).toThrow(/is no file\. Give "@@"/);
    }
    writeFileSync(file, Buffer.alloc(100_000));
    expect(() => collectValues(`@${file}`)).toThrow(/at most 99999/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
