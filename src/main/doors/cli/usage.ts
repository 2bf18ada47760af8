import type { Command, CommanderError } from 'commander';

/** What commander says (lib/command.js), and how a person would say it. */
const sayings: [RegExp, string][] = [
  [/^command-argument value '(.*?)' is invalid for argument '(.+?)'\. ?/s, "$2 can't be '$1'. "],
  [/^option '(?:-\w, )?(--[\w-]+).*?' argument '(.*?)' is invalid\. ?/s, "$1 can't be '$2'. "],
  [/Allowed choices are (.+)\.$/s, 'Give one of $1.'],
  [
    /^option '(?:-\w, )?(--[\w-]+).*?' cannot be used with option '(?:-\w, )?(--[\w-]+).*?'$/,
    "$1 can't be used with $2.",
  ],
  [
    /^unknown option '(-[\d.].*)'$/s,
    '"$1" reads as an option. Give a number of at least 0; where it may be less, put -- before it.',
  ],
  [/^missing required argument '(.+)'$/, 'Give <$1>.'],
  [/^required option '(.+)' not specified$/, 'Give $1.'],
  [/^option '(?:-\w, )?(--[\w-]+) (.+)' argument missing$/, '$1 needs a value: $1 $2.'],
];

/** An error of usage in the words of a person, without an end that says where help is. */
export function usageText({ message }: CommanderError): string {
  return sayings.reduce(
    (text, [theirs, ours]) => text.replace(theirs, ours),
    message.replace(/^error: /, ''),
  );
}

/** The command that tells how this one is used. */
export function helpOf(command: Command | undefined): string {
  const names: string[] = [];
  for (let one = command ?? null; one?.parent; one = one.parent) names.unshift(one.name());
  return ['drydock', ...names, '--help'].join(' ');
}
