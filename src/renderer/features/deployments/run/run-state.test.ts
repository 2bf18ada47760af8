import { describe, expect, it } from 'vitest';
import type { Transaction } from '#main/shared/result.ts';
import type { JournalEvent } from '#main/shared/run.ts';
import { afterEvents, emptyRun } from '#main/shared/run-state.ts';
import { logLines } from '../log/log-lines.ts';

const at = 1_700_000_000_000;

function transaction(index: number, status: Transaction['status']): Transaction {
  return {
    index,
    kind: 'create',
    chainId: null,
    elsewhere: null,
    contractName: 'Vault',
    address: null,
    function: null,
    arguments: [],
    from: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    nonce: index,
    value: '0',
    hash: null,
    blockNumber: null,
    gasUsed: null,
    gasPrice: null,
    status,
    verified: false,
  };
}

const sent = (transactions: Transaction[]) => ({
  family: 'contracts' as const,
  chainId: null,
  sender: null,
  source: null,
  transactions,
  contracts: [],
});

describe('a run out of its journal', () => {
  const before = emptyRun(['prepare', 'compile', 'record']);
  const events: JournalEvent[] = [
    { seq: 1, at, type: 'status', status: 'running' },
    { seq: 2, at: at + 10, type: 'phase', phase: 'compile', status: 'running' },
    { seq: 3, at: at + 20, type: 'log', stream: 'stdout', text: 'Compiling' },
    { seq: 4, at: at + 927, type: 'phase', phase: 'compile', status: 'done', durationMs: 917 },
    {
      seq: 5,
      at: at + 930,
      type: 'result',
      result: sent([transaction(1, 'queued'), transaction(0, 'pending')]),
    },
    { seq: 6, at: at + 940, type: 'result', result: sent([transaction(0, 'success')]) },
    { seq: 7, at: at + 950, type: 'warning', message: 'Something odd' },
  ];

  it('is the same whether the events come at once or one by one', () => {
    const oneByOne = events.reduce((state, event) => afterEvents(state, [event]), before);
    expect(oneByOne).toEqual(afterEvents(before, events));
  });

  it('knows phases, transactions in their order with their latest state, and warnings', () => {
    const state = afterEvents(before, events);
    expect(state.status).toBe('running');
    expect(state.phases.find(({ id }) => id === 'compile')).toEqual({
      id: 'compile',
      status: 'done',
      startedAt: at + 10,
      durationMs: 917,
    });
    const { result } = state;
    expect(
      result?.family === 'contracts' &&
        result.transactions.map(({ index, status }) => [index, status]),
    ).toEqual([
      [0, 'success'],
      [1, 'queued'],
    ]);
    expect(state.warnings).toEqual(['Something odd']);
  });

  it('is the same object after mere output, so that nothing is drawn again', () => {
    const state = afterEvents(before, events);
    const output: JournalEvent = { seq: 8, at, type: 'log', stream: 'stdout', text: 'more' };
    expect(afterEvents(state, [output])).toBe(state);
  });

  it('keeps why it failed', () => {
    const failure = { code: 'COMPILE_ERROR', message: 'It does not compile.', seq: 3 };
    const failed: JournalEvent = { seq: 9, at, type: 'status', status: 'failed', failure };
    expect(afterEvents(before, [failed]).failure).toEqual(failure);
  });
});

describe('the log of a run', () => {
  it('has a line for output, commands and warnings, none for phases', () => {
    const kinds = (event: JournalEvent) => logLines(event).map(({ kind, text }) => [kind, text]);
    expect(kinds({ seq: 1, at, type: 'log', stream: 'stderr', text: 'x' })).toEqual([
      ['stderr', 'x'],
    ]);
    expect(kinds({ seq: 1, at, type: 'log', stream: 'drydock', text: 'x' })).toEqual([
      ['own', 'x'],
    ]);
    expect(kinds({ seq: 1, at, type: 'command', command: 'forge' })).toEqual([
      ['command', 'forge'],
    ]);
    expect(kinds({ seq: 1, at, type: 'warning', message: 'a\nb' })).toEqual([
      ['warning', 'a'],
      ['warning', 'b'],
    ]);
    expect(kinds({ seq: 1, at, type: 'phase', phase: 'compile', status: 'done' })).toEqual([]);
  });
});
