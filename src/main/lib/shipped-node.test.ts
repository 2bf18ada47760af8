import path from 'node:path';
import { expect, test } from 'vitest';
import { outsideArchive, shippedNode } from './shipped-node.ts';

test('the Node that runs this runs helpers as well', () => {
  expect(shippedNode()).toBe(process.execPath);
});

test('the packaged app has one of its own beside its archive', () => {
  const resources = path.join('/', 'Applications', 'Drydock', 'resources');
  const versions = { ...process.versions, electron: '45.4.1' };
  expect(shippedNode(path.join(resources, 'app.asar'), versions)).toBe(
    process.platform === 'win32'
      ? path.join(resources, 'node', 'node.exe')
      : path.join(resources, 'node', 'bin', 'node'),
  );
  expect(shippedNode(path.join('/', 'checkout'), versions)).not.toBe(process.execPath);
});

test('it reads nothing out of the archive', () => {
  const inside = path.join('/', 'app', 'app.asar', 'out', 'main', 'gateway.js');
  expect(outsideArchive(inside)).toBe(inside.replace('app.asar', 'core'));
  expect(outsideArchive('/home/me/app.asaring/x')).toBe('/home/me/app.asaring/x');
});
