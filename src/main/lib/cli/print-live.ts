import type { JournalEvent } from '../../shared/run.ts';
import { type Cli, plain } from './cli.ts';
import { colors } from './colors.ts';
import { terminalText } from './terminal-text.ts';

/** Prints what a run says as it goes on, for people. */
export function printLive(event: JournalEvent, cli: Pick<Cli<unknown>, 'say'>): void {
  if (event.type === 'log') print(plain(event.text));
  if (event.type === 'command') print(`${colors.magenta('$')} ${event.command}`);
  if (event.type === 'phase' && event.status === 'running') cli.say(colors.dim(`· ${event.phase}`));
  if (event.type === 'warning') cli.say(colors.yellow(`! ${event.message}`));
}

const print = (line: string) => process.stdout.write(`${terminalText(line)}\n`);
