// Draws every icon from resources/icon.svg.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../lib/project.mjs';
import { tool } from './fetch.mjs';

/** Pixels, as desktops of Linux look for them. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** What a Windows icon holds. */
const ofIco = [16, 24, 32, 48, 64, 128, 256];

/** The types of a macOS icon that are PNG files: https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
const ofIcns = /** @type {const} */ ({
  icp4: 16,
  icp5: 32,
  icp6: 64,
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
});

/**
 * Writes `linux/<size>x<size>.png`, `icon.ico` and `icon.icns`.
 * @param {string} folder
 */
export function drawIcons(folder) {
  const { Resvg } = tool('@resvg/resvg-js');
  const svg = readFileSync(inProject('resources', 'icon.svg'));
  /** @type {Map<number, Buffer>} */
  const drawn = new Map();
  const at = (/** @type {number} */ size) => {
    const known = drawn.get(size);
    if (known) return known;
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
    drawn.set(size, png);
    return png;
  };
  mkdirSync(join(folder, 'linux'), { recursive: true });
  for (const size of sizes) writeFileSync(join(folder, 'linux', `${size}x${size}.png`), at(size));
  writeFileSync(join(folder, 'icon.ico'), ico(ofIco.map((size) => ({ size, png: at(size) }))));
  const blocks = Object.entries(ofIcns).map(([type, size]) => ({ type, png: at(size) }));
  writeFileSync(join(folder, 'icon.icns'), icns(blocks));
}

/**
 * https://en.wikipedia.org/wiki/ICO_(file_format): a directory, then the images.
 * @param {{ size: number; png: Buffer }[]} images
 */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index;
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** Blocks of a type, a length with both, and the image. @param {{ type: string; png: Buffer }[]} blocks */
function icns(blocks) {
  const parts = blocks.map(({ type, png }) => block(type, png));
  return block('icns', Buffer.concat(parts));
}

/** @param {string} type @param {Buffer} content */
function block(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
