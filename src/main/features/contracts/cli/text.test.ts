import { expect, test } from 'vitest';
import type { SentCall } from '../contract/calls.ts';
import { sentText, valuesText, valueText } from './text.ts';

const string = (value: string) => ({ name: '', type: 'string', value });

test('values of any size make a table of a width that can be read', () => {
  const values = [string(`one\ntwo${'x'.repeat(10_000)}`)];
  const one = { function: 'motto()', value: '', values, error: null };
  const text = valuesText({ address: '0x', blockNumber: 1, functions: [one, one] });
  expect(text).toContain('one\\ntwo');
  expect(text.split('\n')).toHaveLength(3);
  expect(text.length).toBeLessThan(1000);
});

test('a value alone is printed as it is', () => {
  const values = [string('one\ntwo')];
  const read = { address: '0x', function: 'motto()', value: '', values, blockNumber: 1 };
  expect(valueText(read)).toBe('one\ntwo');
});

test('no event starts a line of its own', () => {
  const sent: SentCall = {
    ...{
      network: 'local',
      hash: '0x1',
      status: 'success',
      from: '0x',
      to: '0x',
      function: 'touch()',
      value: '0',
    },
    ...{ gasUsed: '1', blockNumber: 1, error: null, warnings: [] },
    events: [
      {
        ...{ address: '0x', contract: 'Yard', label: null, name: 'Noted', signature: null },
        ...{ arguments: [string('a\nstatus  reverted')], topics: [], data: '0x', logIndex: 0 },
      },
    ],
  };
  expect(sentText(sent)).toContain('Yard.Noted(a\\nstatus  reverted)');
});

test('a call that waits to be mined names the next step', () => {
  const sent: SentCall = {
    ...{
      network: 'local',
      hash: '0x1',
      status: 'pending',
      from: '0x',
      to: '0x',
      function: 'touch()',
    },
    ...{ value: '0', gasUsed: null, blockNumber: null, error: null, warnings: [], events: [] },
  };
  expect(sentText(sent)).toContain('drydock chain mine local');
  expect(sentText(sent)).toContain('drydock tx show 0x1 --network local');
});
