import { rpc } from '#main/eth/rpc.ts';
import { freePort } from '#test/harness/ports.ts';
import { openCore } from './core.ts';
import { type Figure, ratioFigure } from './figure.ts';
import { fill } from './fill.ts';
import { interleave, timed } from './samples.ts';

const MOST_OF_REVERT = 1.5;

/** A revert of a chain behind the gateway, whose accounts programs use, and of one without it. */
export async function gatewayReverts(rounds: number): Promise<Figure[]> {
  await using core = await openCore();
  const { client } = core;
  await client.networks.save({ name: 'plain', kind: 'local', port: await freePort() });
  const behind = await revertOf(core.chain, 'on');
  const plain = await revertOf('plain', 'off');
  try {
    await interleave(3, behind, plain);
    return [
      ratioFigure(
        'gateway: a revert behind it; without it',
        MOST_OF_REVERT,
        await interleave(rounds, behind, plain),
      ),
    ];
  } finally {
    await client.chains.stop({ chain: 'plain' });
  }

  /** Milliseconds of one, after a change. */
  async function revertOf(chain: string, gateway: 'on' | 'off'): Promise<() => Promise<number>> {
    const { rpcUrl } = await client.chains.start({ chain, gateway });
    const call = rpc(rpcUrl as string);
    await fill(call, 20);
    const { id: snapshot } = await client.chains.snapshot({ chain });
    return async () => {
      await fill(call, 1);
      return timed(() => client.chains.revert({ chain, snapshot }));
    };
  }
}
