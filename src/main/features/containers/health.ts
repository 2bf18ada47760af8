import net from 'node:net';
import type { Containers, OurContainer } from '../../engines/containers.ts';
import { rpc } from '../../eth/rpc.ts';
import type { Container } from './contract.ts';

/** What was seen of a container holds for so long. */
const HOLDS_MS = 10_000;
const ANSWER_MS = 3000;

/**
 * Whether containers do what they are for: a chain responds to RPC, an
 * app takes connections, a workspace runs a command. Asked from outside, because a HEALTHCHECK would
 * run a process in every container every few seconds, also while none is looked at.
 */
export class Health {
  readonly #accepts: Containers['accepts'];
  readonly #seen = new Map<string, { at: number; health: Promise<Container['health']> }>();

  readonly #chainUrl: (container: string) => string | null;

  /** @param chainUrl of the chain in a container; null: one of another data folder */
  constructor(accepts: Containers['accepts'], chainUrl: (container: string) => string | null) {
    this.#accepts = accepts;
    this.#chainUrl = chainUrl;
  }

  of(one: OurContainer): Promise<Container['health']> {
    if (one.state !== 'running') {
      this.#seen.delete(one.id);
      return Promise.resolve(null);
    }
    const known = this.#seen.get(one.id);
    if (known && Date.now() - known.at < HOLDS_MS) return known.health;
    const health = this.#works(one).then((works): Container['health'] =>
      works ? 'healthy' : 'unhealthy',
    );
    this.#seen.set(one.id, { at: Date.now(), health });
    // What is wrong now may be right in a moment: it has only just been started.
    health
      .then((answer) => {
        if (answer === 'unhealthy') this.#seen.delete(one.id);
      })
      .catch(() => this.#seen.delete(one.id));
    return health;
  }

  async #works({ id, kind, ports }: OurContainer): Promise<boolean> {
    if (kind === 'workspace') return this.#accepts(id);
    const port = ports[0]?.host;
    if (kind === 'app') return port === undefined || connects(port);
    const url = this.#chainUrl(id) ?? (port === undefined ? null : `http://127.0.0.1:${port}`);
    // One of another data folder that is published nowhere: it can only be seen that it runs.
    if (url === null) return true;
    const call = rpc(url, ANSWER_MS);
    return call('eth_chainId').then(
      () => true,
      () => false,
    );
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, timeout: ANSWER_MS });
    const end = (works: boolean) => () => {
      socket.destroy();
      resolve(works);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}
