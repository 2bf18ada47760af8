import type { Call, Choices, Entry } from '../../shared/kind.ts';
import type { Script, ScriptContract, ScriptFunction } from './script-list.ts';

/** The scripts of a project as entries, with the functions of each contract as calls. */
export const choicesOf = (scripts: readonly Script[]): Choices => ({
  entries: scripts.flatMap(entriesOf),
});

function entriesOf({ file, contracts, leftOut = [], isDefault, problem }: Script): Entry[] {
  const offered = contracts.map((one) => ({
    ...entryOf(file, one),
    // Of several contracts in the standard file, the user has to choose one.
    isDefault: isDefault && contracts.length === 1,
  }));
  const others = leftOut.map((one) => ({ ...entryOf(file, one), leftOut: one.why }));
  const unread: Entry[] =
    problem === undefined
      ? []
      : [{ value: file, label: file, group: file, isDefault: false, calls: [], problem }];
  return [...offered, ...others, ...unread];
}

function entryOf(file: string, { name, functions, note }: ScriptContract): Entry {
  const standard = begun(functions);
  return {
    value: `${file}:${name}`,
    label: name,
    group: file,
    isDefault: false,
    calls: functions.map((one) => ({ ...callOf(one), isDefault: one === standard })),
    ...(note !== undefined && { note }),
  };
}

/** What `chooseScript` selects when no function is named. */
const begun = (functions: readonly ScriptFunction[]): ScriptFunction | undefined =>
  functions.find(({ signature }) => signature === 'run()') ??
  (functions.length === 1 ? functions[0] : undefined);

const callOf = ({ name, signature, inputs }: ScriptFunction): Omit<Call, 'isDefault'> => ({
  value: signature,
  label: name,
  parameters: inputs,
});
