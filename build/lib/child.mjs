import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {NodeJS.Signals | null} */
let received = null;

/** The signal that was passed on to a child, if any: then no further step may start. */
export const interruptedBy = () => received;

/**
 * @typedef {object} Running
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<number>} exit Its exit code; 128 + the signal's number when a signal ended it.
 */

/**
 * Starts a program and waits for it: signals are passed on, and it ends with this process.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Running}
 */
export function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...options });
  // Ctrl-C in a terminal reaches the whole process group: a second SIGINT from here would count as
  // the user's second one.
  const typed = process.stdin.isTTY === true;
  const handlers = forwarded.map((signal) => {
    const handler = () => {
      received = signal;
      if (!(typed && signal === 'SIGINT')) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  const onExit = () => child.kill('SIGTERM');
  process.on('exit', onExit);

  const exit = new Promise((resolve, reject) => {
    const done = () => {
      process.off('exit', onExit);
      for (const { signal, handler } of handlers) process.off(signal, handler);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
  return { process: child, exit };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export const run = (program, args, options) => start(program, args, options).exit;

/**
 * Output of a short command, or null when it can't be run or fails.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string | null>}
 */
export function output(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code === 0 ? text : null));
  });
}
