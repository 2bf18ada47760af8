import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portHolder } from '../../lib/processes/port-holder.ts';
import { AppError } from '../../shared/errors.ts';

/** Where the host listens by default, so that a bookmark stays right. */
const usualPort = 8741;

function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    // Nothing beyond this machine can reach it.
    server.listen(port, '127.0.0.1');
  });
}

/**
 * Listens on the port that was asked for, or else on the usual one, or any that is free.
 * Returns which. Throws PORT_TAKEN when the one that was asked for can't be had.
 */
export async function listen(server: Server, port: number | undefined): Promise<number> {
  const listening =
    port === undefined
      ? (await tryListen(server, usualPort)) || (await tryListen(server, 0))
      : await tryListen(server, port);
  if (!listening) {
    const holder = await portHolder(port as number);
    throw new AppError(
      'PORT_TAKEN',
      `Port ${port} on 127.0.0.1 ${holder ? `is taken by ${holder}` : 'is taken, or may not be used'}. Choose another with --port, or leave it out for a free one.`,
      { field: 'port' },
    );
  }
  return (server.address() as AddressInfo).port;
}
