import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SystemProgram } from '#main/lib/system-program.ts';

export interface StandIn {
  program: SystemProgram;
  /** What it was called with, in order. */
  calls: () => { args: string[]; locale?: string; timeZone?: string }[];
}

interface Behaviour {
  stdout?: string;
  stderr?: string;
  code?: number;
  /** It prints, and then neither ends nor says more. */
  hangs?: boolean;
  /** It waits for this file before it prints. */
  after?: string;
}

/** A program that prints what was recorded of one that only another system has. */
export function standInProgram(folder: string, name: string, behaviour: Behaviour): StandIn {
  const file = path.join(folder, `${name}.cjs`);
  const log = path.join(folder, `${name}.calls`);
  const { stdout = '', stderr = '', code = 0, hangs = false, after } = behaviour;
  writeFileSync(
    file,
    `const fs = require('node:fs');
     const { LC_ALL: locale, TZ: timeZone } = process.env;
     const call = { args: process.argv.slice(2), locale, timeZone };
     fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(call) + '\\n');
     const print = () => {
       fs.writeSync(2, ${JSON.stringify(stderr)});
       process.stdout.write(${JSON.stringify(stdout)}, () => {
         ${hangs ? 'setInterval(() => undefined, 1000);' : `process.exit(${code});`}
       });
     };
     const after = ${JSON.stringify(after ?? null)};
     if (after === null) print();
     else {
       const timer = setInterval(() => {
         if (fs.existsSync(after)) { clearInterval(timer); print(); }
       }, 5);
     }`,
  );
  return {
    program: [process.execPath, file],
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
}
