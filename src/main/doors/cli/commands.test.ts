import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandGroups, groupsFor } from './commands.ts';
import { createProgram } from './program.ts';
import { CliRun } from './run-cli.ts';

const run = () =>
  new CliRun({
    json: false,
    signal: new AbortController().signal,
    connect: () => Promise.reject(new Error('nothing is called here')),
  });

test('every group adds the commands under whose names it is found', async () => {
  for (const { names, load } of commandGroups) {
    const program = new Command();
    (await load())(program, run(), createProgram);
    expect(program.commands.map((command) => command.name()).sort()).toEqual([...names].sort());
  }
});

test('a command line loads what it is about, and all for what is unknown', async () => {
  const names = async (...args: string[]) =>
    (await createProgram(run(), args)).commands.map((command) => command.name());
  expect(await names('--json', 'project', 'list')).toEqual(['project']);
  expect(await names('deployment', 'list')).toEqual(['deploy', 'deployment', 'history']);
  expect(await names('--version')).toEqual([]);
  for (const args of [[], ['--help'], ['help', 'project'], ['projekt']]) {
    expect(groupsFor(args)).toBe(commandGroups);
  }
});
