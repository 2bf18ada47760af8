import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { RPCHandler } from '@orpc/server/message-port';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { openCore } from './core.ts';
import { type Figure, plainFigure } from './figure.ts';
import { putForge } from './log-lines.ts';
import { measurePauses, pauseFigures } from './pauses.ts';

const LINES_EACH = 1000;
const EACH_S = 0.1;

/** The page of the window: reads a journal through its port, in a thread of its own. */
const PAGE = `
  const { parentPort, workerData: { port, expected } } = require('node:worker_threads');
  (async () => {
    const { createORPCClient } = await import('@orpc/client');
    const { RPCLink } = await import('@orpc/client/message-port');
    const client = createORPCClient(new RPCLink({ port }));
    port.start();
    parentPort.once('message', async (id) => {
      const seen = { lines: 0, misplaced: 0 };
      let after = 0;
      for (let over = false; !over; ) {
        const before = after;
        for await (const events of await client.deployments.watch({ id, after })) {
          for (const event of events) {
            after = event.seq;
            if (event.type === 'log' && event.stream === 'stdout') {
              seen.lines += 1;
              if (seen.lines === 1) parentPort.postMessage('streaming');
              if (seen.lines === expected) parentPort.postMessage('streamed');
              if (Number.parseInt(event.text, 10) !== seen.lines) seen.misplaced += 1;
            }
            if (event.type === 'status' && !['queued', 'running'].includes(event.status)) over = true;
          }
        }
        if (after === before) over = true;
      }
      parentPort.postMessage(seen);
      port.close();
    });
    parentPort.postMessage('ready');
  })();
`;

/**
 * A deployment whose tool says 10,000 lines a second, followed by a page over a port, as in the
 * window: how late the thread of the core is meanwhile, which is Electron's main thread there.
 */
export async function logStream(seconds: number): Promise<Figure[]> {
  await using tools = await temporaryFolder();
  await using core = await openCore();
  await using project = await copyFixture('token-vault');
  const { client, chain, app } = core;
  await putForge(tools.path, paced(seconds));
  await client.settings.set({ foundryPath: tools.path });
  await client.chains.start({ chain });
  const { id: projectId } = await client.projects.add({ path: project.folder });

  const lines = (seconds / EACH_S) * LINES_EACH;
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(app.router).upgrade(port1, { context: app.context });
  port1.start();
  const page = new Worker(PAGE, {
    eval: true,
    workerData: { port: port2, expected: lines },
    transferList: [port2],
  });
  await once(page, 'message');
  const { id } = await client.deployments.start({ project: projectId, target: chain });
  page.postMessage(id);
  // The first run of a core loads what runs need; that is not what streams.
  await once(page, 'message');
  const pauses = await measurePauses();
  const before = performance.now();
  await once(page, 'message');
  const took = (performance.now() - before) / 1000;
  const stalls = await pauseFigures(pauses, 'while 10,000 log lines a second stream to the window');
  const [seen] = (await once(page, 'message')) as [{ lines: number; misplaced: number }];
  port1.close();
  await page.terminate();
  return [
    ...stalls,
    plainFigure('… lines a second', seen.lines / took, '', null, {
      lost: lines - seen.lines,
      misplaced: seen.misplaced,
      seconds: took,
    }),
  ];
}

/** Says the lines in small pieces, each at its time. */
export const paced = (seconds: number): string => {
  const says = `seq -f '%.0f: compiling contracts/token/ERC20/ERC20.sol, about a line long'`;
  return `#!/bin/sh
n=0
while [ $n -lt ${seconds / EACH_S} ]; do
  ${says} $((n * ${LINES_EACH} + 1)) $(((n + 1) * ${LINES_EACH}))
  n=$((n + 1))
  sleep ${EACH_S}
done
`;
};
