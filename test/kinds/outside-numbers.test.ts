import { expect, test } from 'vitest';
import { usageOf } from '#main/engines/docker/usage.ts';
import { containerStats } from '#main/features/containers/contract.ts';
import { parseSequence, transactionsOf } from '#main/kinds/foundry/broadcast-file.ts';
import { transaction } from '#main/shared/result.ts';

const beyond = ['0x20000000000001', '0x7fffffffffffffff', '0xffffffffffffffff', '0x', null];

test('numbers of a run file that can not be counted are shown as unknown', () => {
  for (const number of beyond) {
    const sequence = parseSequence(
      JSON.stringify({
        transactions: [
          {
            hash: '0xaa',
            transactionType: 'CALL',
            transaction: { nonce: number, value: number, from: `0x${'11'.repeat(20)}` },
          },
        ],
        receipts: [
          {
            transactionHash: '0xaa',
            status: '0x1',
            blockNumber: number,
            gasUsed: number,
            effectiveGasPrice: number,
          },
        ],
        timestamp: 1_700_000_000,
        chain: 31337,
      }),
    );
    const [first] = sequence ? transactionsOf(sequence) : [];
    expect(transaction.parse(first)).toMatchObject({
      nonce: null,
      blockNumber: null,
      status: 'success',
    });
  }
});

test('what a container engine counts beyond 2^53 is shown as the most that can be shown', () => {
  const stats = (read: string) => ({
    read,
    cpu_stats: { cpu_usage: { total_usage: 1 }, system_cpu_usage: 1, online_cpus: 1 },
    memory_stats: { usage: 2 ** 60, limit: 2 ** 64 },
    networks: { eth0: { rx_bytes: 2 ** 63, tx_bytes: 0 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: 'Read', value: 2 ** 62 }] },
    pids_stats: { current: 2 ** 64 },
  });
  const now = '2026-01-01T00:00:01Z';
  const usage = usageOf('a', stats('2026-01-01T00:00:00Z') as never, stats(now) as never);
  const shown = containerStats.parse({ ...usage, name: 'a', title: 'a', kind: 'chain' });
  expect(shown.memoryLimitBytes).toBe(Number.MAX_SAFE_INTEGER);
});
