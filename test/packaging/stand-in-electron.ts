import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Marks the fuses in Electron's binary: https://github.com/electron/fuses */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Version 1, and how each fuse of Electron 45 is set as it is published. */
const FUSES = [1, 9, ...Buffer.from('101100011')];

/** What the archive of Electron for Linux has, apart from most of its languages. */
const FILES = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'locales/en-US.pak',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
  'vk_swiftshader_icd.json',
];

/**
 * Writes a folder that electron-builder takes for an unpacked Electron for Linux. Its program ends
 * at once with exit code 70; its fuses can be set and read.
 */
export function writeStandInElectron(folder: string): void {
  for (const name of FILES) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `a stand-in for ${name}\n`, {
      mode: name.startsWith('chrome') ? 0o755 : 0o644,
    });
  }
  const program = Buffer.from('#!/bin/sh\nexit 70\n');
  const bytes = [program, Buffer.from(SENTINEL), Buffer.from(FUSES)];
  writeFileSync(path.join(folder, 'electron'), Buffer.concat(bytes), { mode: 0o755 });
}
