import { textOf } from '../../../eth/inside/decoded-value.ts';
import { eventText } from '../../../eth/inside/named-event.ts';
import { facts, table } from '../../../lib/cli/cli.ts';
import { colors } from '../../../lib/cli/colors.ts';
import type { DecodedValue } from '../../../shared/decoded.ts';
import type { DecodedEvent } from '../../explorer/contract.ts';
import type { ContractValue, ContractValues, SentCall, Simulation } from '../contract.ts';

/** The value itself, so that scripts can take it; of several one line for each. */
export const valueText = ({ values }: ContractValue): string => {
  const [only] = values;
  if (only === undefined) return 'It returns nothing.';
  return values.length === 1 ? textOf(only) : values.map(namedText).join('\n');
};

const namedText = (one: DecodedValue, index: number): string =>
  `${colors.dim(one.name || `${index}`)} ${textOf(one)}`;

export const valuesText = ({ functions }: ContractValues): string =>
  functions.length === 0
    ? 'No function that reads takes nothing, or the ABI is not known.'
    : table(
        ['FUNCTION', 'VALUE'],
        functions.map((one) => [
          one.function,
          one.error ? colors.red(one.error.text) : one.values.map(textOf).join(', '),
        ]),
      );

export const simulationText = (one: Simulation): string =>
  [
    one.succeeds ? colors.green('It would succeed.') : colors.red('It would fail.'),
    facts([
      ['why', one.error && colors.red(one.error.text)],
      ['function', one.function],
      ['from', one.from],
      ['result', one.values.length === 0 ? null : one.values.map(textOf).join(', ')],
      ['gas', one.gas],
    ]),
    ...eventLines(one.events ?? []),
  ].join('\n');

export const sentText = (one: SentCall): string =>
  [
    facts([
      ['transaction', one.hash],
      ['status', one.status === 'success' ? colors.green(one.status) : colors.red(one.status)],
      ['why', one.error && colors.red(one.error.text)],
      ['function', one.function],
      ['from', one.from],
      ['block', one.blockNumber],
      ['gas used', one.gasUsed],
    ]),
    ...eventLines(one.events),
  ].join('\n');

const eventLines = (events: readonly DecodedEvent[]): string[] =>
  events.length === 0 ? [] : [colors.dim('events'), ...events.map((one) => `  ${eventText(one)}`)];
