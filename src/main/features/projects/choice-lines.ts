import { inputWords } from '../../lib/cli/input-options.ts';
import type { Choices, Entry, KindInput } from '../../shared/kind.ts';

/**
 * What can be chosen, then the problems of the rest.
 *
 * @param inputs of the project's kind, whose options are named
 */
export function choiceLines({ entries }: Choices, inputs: readonly KindInput[]): string[] {
  const offered = entries.filter((one) => one.leftOut === undefined && one.problem === undefined);
  return [
    ...offered.flatMap(({ value, calls, note }) => [
      [value, calls.map((call) => call.value).join(' ')].filter(Boolean).join('  '),
      ...(note === undefined ? [] : [`  ${note}`]),
    ]),
    ...entries.flatMap((one) =>
      one.leftOut === undefined
        ? []
        : [`left out: ${one.value}  ${one.leftOut}${howToName(one, inputs)}`],
    ),
    ...entries.flatMap(({ value, problem }) =>
      problem === undefined ? [] : [`${value}: ${problem}`],
    ),
  ];
}

/** The text where there is nothing to choose. */
export function nothingToChoose(inputs: readonly KindInput[]): string {
  const entry = inputs.find(({ control }) => control === 'entry');
  return entry
    ? `There is no ${entry.label.toLowerCase()} to deploy.`
    : 'There is nothing to choose from: it is deployed as it is.';
}

function howToName({ value, calls: [first] }: Entry, inputs: readonly KindInput[]): string {
  if (!first) return '';
  const given = { entry: value, call: first.value };
  const options = inputs.flatMap(({ name, control, option }) => {
    if (control !== 'entry' && control !== 'call') return [];
    return [inputWords({ name, option }, given[control])];
  });
  return options.length > 0 ? ` To run it: ${options.join(' ')}` : '';
}
