import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { TestGateway, TestNode } from '#test/harness/gateway.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';
import { TestWallet } from '#test/harness/wallet.ts';

describe.skipIf(skipAloud('full disks', whyNoMount()))('on a full disk', () => {
  test('nonces are mended, and what a next gateway has to know is written once there is room', async () => {
    using small = smallDisk(8);
    const home = path.join(small.path);
    await using node = await TestNode.start();
    await using gateway = await TestGateway.start(home);
    const port = await freePort();
    const put = () => gateway.client.putChain('local', { port, backend: node.url, chainId: 31337 });
    await put();
    const wallet = await TestWallet.create(rpc(`http://127.0.0.1:${port}`), node.call);
    small.fill();
    const snapshot = await node.call<string>('evm_snapshot');
    await wallet.sendAndWait();
    await wallet.sendAndWait();
    await gateway.client.reverting('local');
    await node.call('evm_revert', [snapshot]);
    await gateway.client.reverted('local', true);
    const state = () => readFile(path.join(home, 'gateway', 'state.json'), 'utf8').catch(() => '');
    expect(await state()).not.toContain(wallet.key);

    small.free();
    await vi.waitFor(async () => expect(await state()).toContain(wallet.key));
    await gateway.restart();
    await put();
    expect(await wallet.sendAndWait()).toBe(2);
  });
});
