import { clientOver, openSocket } from '../host/connect-to.ts';
import type { Discovery } from '../host/discovery-file.ts';
import type { Connection } from './connect.ts';

export async function connectTo(host: Discovery): Promise<Connection> {
  const socket = await openSocket(host, 'cli');
  return { client: clientOver(socket), close: async () => socket.close() };
}
