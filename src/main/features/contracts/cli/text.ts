import { textOf } from '../../../eth/inside/decoded-value.ts';
import { table } from '../../../lib/cli/cli.ts';
import { colors } from '../../../lib/cli/colors.ts';
import type { DecodedValue } from '../../../shared/decoded.ts';
import type { ContractValue, ContractValues } from '../contract.ts';

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
