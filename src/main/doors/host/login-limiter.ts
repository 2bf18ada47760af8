import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Far below the 1,024 descriptors that many systems give to a process. */
const most = 128;

/**
 * Holds the number of connections that have not shown the token down: the oldest one is cut when
 * there are too many, so that a program with the token, which shows it at once, always gets in.
 */
export class LoginLimiter {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server, limit = most) {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      const [oldest] = this.#sockets;
      if (this.#sockets.size > limit) oldest?.destroy();
    });
  }

  get count(): number {
    return this.#sockets.size;
  }

  /** The program at the other end has the token, or a session. */
  know(socket: Socket): void {
    this.#sockets.delete(socket);
  }
}
