import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { drawIcons } from '../../build/packaging/icons.mjs';
import { whyNoPacking } from './dist.ts';

/** Width and height in the header of a PNG. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe.skipIf(skipAloud('icons', await whyNoPacking()))('icons are drawn', () => {
  async function drawn(): Promise<string> {
    const folder = await temporaryFolder();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    drawIcons(folder.path);
    return folder.path;
  }

  test('for Linux, in a file of each size', async () => {
    const folder = path.join(await drawn(), 'linux');
    const names = readdirSync(folder);
    expect(names).toContain('512x512.png');
    for (const name of names) {
      const size = Number.parseInt(name, 10);
      expect(sizeOf(readFileSync(path.join(folder, name)))).toEqual([size, size]);
    }
  });

  test('for Windows, as images behind a directory', async () => {
    const ico = readFileSync(path.join(await drawn(), 'icon.ico'));
    const count = ico.readUInt16LE(4);
    const images = Array.from({ length: count }, (_, index) => {
      const entry = ico.subarray(6 + 16 * index);
      const start = entry.readUInt32LE(12);
      const image = ico.subarray(start, start + entry.readUInt32LE(8));
      expect(sizeOf(image)[0] % 256).toBe(entry.readUInt8(0));
      return image;
    });
    expect(sizeOf(images.at(-1) as Buffer)).toEqual([256, 256]);
    expect(6 + 16 * count + images.reduce((sum, { length }) => sum + length, 0)).toBe(ico.length);
  });

  test('for macOS, in blocks that fill the file', async () => {
    const icns = readFileSync(path.join(await drawn(), 'icon.icns'));
    expect(icns.subarray(0, 4).toString()).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: Record<string, number> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      sizes[icns.subarray(at, at + 4).toString()] = sizeOf(icns.subarray(at + 8))[0];
    }
    expect(sizes).toMatchObject({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic14: 512 });
  });
});
