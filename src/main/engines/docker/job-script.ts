import { script } from './script.ts';

/**
 * The environment variable that marks every process of one job, children included; the scripts name
 * it too.
 */
export const JOB_VARIABLE = 'DRYDOCK_JOB';

/**
 * What the script of a job prints on stderr, before it ends with 127, when the program is missing.
 */
export const missingProgram = (job: string): string => `drydock: ${job}: no such program`;

/** Runs a program to its end, then ends what it left behind. */
export const runCommand = (job: string, program: string, args: readonly string[]): string[] => [
  ...['/bin/sh', '-c', script('run-job'), 'drydock', script('end-job'), job],
  ...[program, ...args],
];

/**
 * Ends a job from outside of it. There is no other way to end an exec: the API offers none, a child
 * may have left its process group, and not every image has a `kill` program (the shell has a
 * built-in one).
 */
export const endCommand = (job: string, graceSeconds: number): string[] => [
  ...['/bin/sh', '-c', script('end-job'), 'drydock'],
  ...[job, `${graceSeconds}`, '0'],
];
