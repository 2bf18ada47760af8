import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { events } from './events.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const declared = readFileSync(path.join(folder, 'electron.d.ts'), 'utf8');

/** The events that Electron's types declare for a class. */
function eventsOf(name: string): Set<string> {
  const start = declared.search(new RegExp(`^  (class|interface) ${name} extends`, 'm'));
  const body = declared.slice(start, declared.indexOf('\n  }\n', start));
  return new Set([...body.matchAll(/^ {4}on\(event: '([^']+)'/gm)].map(([, event = '']) => event));
}

test.each(Object.entries(events))(
  'the stand-in’s %s has events of Electron’s alone',
  (name, own) => {
    const known = eventsOf(name);
    expect(known.size).toBeGreaterThan(0);
    expect(own.filter((event) => !known.has(event))).toEqual([]);
  },
);
