import { describe, expect, it } from 'vitest';
import { type Choices, type KindInput, kindInput } from '#main/shared/kind.ts';
import { inputOf, missingIn } from './request-input.ts';
import { isAsKept, shownInputs } from './shown-inputs.ts';

const input = (fields: Partial<KindInput> & Pick<KindInput, 'name' | 'control'>): KindInput =>
  kindInput.parse({ label: fields.name, ...fields });

const kind = {
  inputs: [
    input({ name: 'task', control: 'entry' }),
    input({ name: 'step', control: 'call', of: 'task' }),
    input({ name: 'values', control: 'abi-arguments', of: 'step' }),
    input({ name: 'sender', control: 'account', when: { target: ['local', 'fork'] } }),
    input({ name: 'signer', control: 'text', required: true, when: { target: ['remote'] } }),
    input({ name: 'tries', control: 'number' }),
    input({ name: 'env', control: 'env', repeatable: true }),
    input({ name: 'dry', control: 'switch' }),
  ],
};

const owner = { name: 'owner', type: 'address' };
const open = { name: 'open', type: 'bool' };
const note = { name: '', type: 'string' };
const choices: Choices = {
  entries: [
    { value: 'a', label: 'a', isDefault: false, calls: [] },
    {
      value: 'b',
      label: 'b',
      isDefault: true,
      calls: [
        {
          value: 'go(address,bool,string)',
          label: 'go',
          isDefault: false,
          parameters: [owner, open, note],
        },
      ],
    },
    { value: 'c', label: 'c', isDefault: false, calls: [], leftOut: 'it does nothing' },
  ],
};

const shown = (values: Record<string, unknown> = {}, target: 'local' | 'remote' = 'local') =>
  shownInputs(kind, choices, target, { values });
const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const argumentsKey = 'values b go(address,bool,string)';

describe('the inputs of a deploy', () => {
  it('begin with the default, and with the only call of it', () => {
    expect(inputOf(shown({ [argumentsKey]: [address] }))).toEqual({
      task: 'b',
      step: 'go(address,bool,string)',
      values: [address, 'false', ''],
    });
  });

  it('take the only one, unless another one can not be read', () => {
    const [only] = choices.entries;
    const broken = { value: 'd', label: 'd', isDefault: false, calls: [], problem: 'Line 2: …' };
    const entryOf = (entries: Choices['entries']) =>
      shownInputs(kind, { entries }, 'local', {})[0]?.value;
    expect(entryOf(only ? [only] : [])).toBe('a');
    expect(entryOf(only ? [only, broken] : [])).toBeUndefined();
    expect(entryOf([...choices.entries, broken])).toBe('b');
  });

  it('ask for arguments, except where empty is a value', () => {
    expect(missingIn(shown())).toEqual({
      name: 'values',
      argument: 0,
      message: 'Fill in owner (address).',
    });
    expect(missingIn(shown({ [argumentsKey]: ['0x12'] }))?.message).toBe(
      'Correct owner. Give an address (0x and 40 hex digits).',
    );
    expect(missingIn(shown({ [argumentsKey]: [address] }))).toBeNull();
  });

  it('say that what was chosen is gone, and put nothing in its place', () => {
    const gone = shown({ task: 'was-removed' });
    expect(missingIn(gone)).toMatchObject({ name: 'task' });
    expect(missingIn(gone)?.message).toContain('was-removed');
    expect(inputOf(gone)).toEqual({ task: 'was-removed' });
    expect(missingIn(shown({ 'step b': 'gone()' }))).toMatchObject({ name: 'step' });
  });

  it('are those of the target', () => {
    const values = { sender: '3', signer: ' deployer ', [argumentsKey]: [address] };
    expect(inputOf(shown(values))).toMatchObject({ sender: '3' });
    expect(inputOf(shown(values))).not.toHaveProperty('signer');
    expect(inputOf(shown(values, 'remote'))).toMatchObject({ signer: 'deployer' });
    expect(inputOf(shown(values, 'remote'))).not.toHaveProperty('sender');
    expect(missingIn(shown({ [argumentsKey]: [address] }, 'remote'))?.name).toBe('signer');
  });

  it('are sent as what they are, and empty ones not at all', () => {
    expect(inputOf(shown({ tries: ' 3 ', env: 'A=1\n\n B=two words ', dry: false }))).toMatchObject(
      {
        tries: 3,
        env: ['A=1', 'B=two words'],
        dry: false,
      },
    );
    expect(inputOf(shown({ tries: '3x' }))).toMatchObject({ tries: '3x' });
    const empty = inputOf(shown({ tries: '', env: '' }));
    expect([empty.tries, empty.env, empty.dry]).toEqual([undefined, undefined, undefined]);
  });

  it('keep what belongs to another entry for when it is chosen again', () => {
    const values = { task: 'a', [argumentsKey]: [address] };
    expect(inputOf(shown(values))).toEqual({ task: 'a' });
    expect(inputOf(shown({ ...values, task: 'b' }))).toMatchObject({
      values: [address, 'false', ''],
    });
  });

  it('are those that the entry asks for, with the parameters of what it begins', () => {
    const asking = {
      inputs: [
        ...kind.inputs.slice(0, 1),
        input({ name: 'named', control: 'parameters', of: 'task', when: { asked: true } }),
        input({ name: 'marks', control: 'text', of: 'task', when: { asked: true } }),
      ],
    };
    const call = { value: 'go', label: 'go', isDefault: true, parameters: [owner] };
    const entries = [
      { value: 'a', label: 'a', isDefault: true, calls: [call], asks: { named: [] } },
      { value: 'b', label: 'b', isDefault: false, calls: [call] },
    ];
    const inputs = (values: Record<string, unknown>) =>
      shownInputs(asking, { entries }, 'local', { values });
    expect(inputs({}).map((one) => one.input.name)).toEqual(['task', 'named']);
    expect(inputs({})[1]?.call).toEqual(call);
    expect(missingIn(inputs({}))).toEqual({
      ...{ name: 'named', argument: 0, message: 'Fill in owner.' },
    });
    expect(inputs({ task: 'b' }).map((one) => one.input.name)).toEqual(['task']);
    expect(missingIn(inputs({ task: 'b' }))).toBeNull();
  });
});

describe('what is kept for the target', () => {
  const kept = { task: 'b', step: 'go(address,bool,string)', values: [address], sender: '4' };
  const values = { task: 'a', sender: '1', tries: '5', [argumentsKey]: ['0x'] };
  const filled = (typed: string[] = []) =>
    shownInputs(kind, choices, 'local', { values, kept, typed });
  const marked = (typed?: string[]) =>
    filled(typed)
      .filter(isAsKept)
      .map(({ input: { name } }) => name);

  it('wins over what was remembered, and not over what was typed', () => {
    expect(inputOf(filled())).toMatchObject({ ...kept, values: [address, 'false', ''], tries: 5 });
    expect(marked()).toEqual(['task', 'step', 'values', 'sender']);
    expect(inputOf(filled(['sender']))).toMatchObject({ task: 'b', sender: '1' });
    expect(marked(['sender'])).toEqual(['task', 'step', 'values']);
  });

  it('is of no use to another entry', () => {
    expect(inputOf(filled(['task']))).toEqual({ task: 'a', sender: '4', tries: 5 });
    expect(marked(['task'])).toEqual(['sender']);
  });

  it('is sent as none where it was emptied', () => {
    const emptied = { values: { ...values, sender: undefined }, kept, typed: ['sender'] };
    expect(inputOf(shownInputs(kind, choices, 'local', emptied))).toMatchObject({ sender: null });
  });
});

it('offers a choice only where there is something to choose', () => {
  const profile = { inputs: [input({ name: 'profile', control: 'choice' })] };
  const offering = { ...choices, offered: { profile: ['default', 'ci'] } };
  const names = (of: Choices, values = {}) =>
    shownInputs(profile, of, 'local', { values }).map((one) => one.input.name);
  expect(names(choices)).toEqual([]);
  expect(names(offering)).toEqual(['profile']);
  expect(names(choices, { profile: 'gone' })).toEqual(['profile']);
});
