import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { vi } from 'vitest';
import { childEnv } from '#main/engines/process/exec.ts';
import { findTool } from '#main/engines/process/tools.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { anvil } from '#main/targets/chain/anvil.ts';
import { temporaryFolder } from './folder.ts';
import { freePort } from './ports.ts';

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  // One that is stopped takes no other signal.
  child.kill('SIGCONT');
  await gone;
}

/** A node on an address of its own. */
export class TestNode implements AsyncDisposable {
  readonly url: string;
  readonly call: Rpc;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.call = rpc(url);
    this.#child = child;
  }

  static async start(...flags: string[]): Promise<TestNode> {
    return TestNode.startAt(await freePort(), ...flags);
  }

  static async startAt(port: number, ...flags: string[]): Promise<TestNode> {
    const host = process.platform === 'darwin' ? '127.0.0.1' : '127.77.0.1';
    const args = ['--host', host, '--port', `${port}`, '--no-request-size-limit', ...flags];
    const child = spawn(findTool(anvil).path, args, { env: childEnv(), stdio: 'ignore' });
    const node = new TestNode(`http://${host}:${port}`, child);
    await vi.waitFor(() => node.call('eth_chainId'), { interval: 20 });
    return node;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  kill(): Promise<void> {
    return end(this.#child, 'SIGKILL');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

/** The gateway as a process of its own, from sources, with a data folder of its own. */
export class TestGateway implements AsyncDisposable {
  readonly home: string;
  readonly client: GatewayClient;
  #child: ChildProcess;
  readonly #folder: AsyncDisposable | null;

  private constructor(home: string, child: ChildProcess, folder: AsyncDisposable | null) {
    this.home = home;
    this.client = new GatewayClient(home);
    this.#child = child;
    this.#folder = folder;
  }

  static async start(home?: string): Promise<TestGateway> {
    const folder = home === undefined ? await temporaryFolder() : null;
    const at = home ?? folder?.path ?? '';
    const gateway = new TestGateway(at, spawnGateway(at), folder);
    await gateway.ready();
    return gateway;
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  get process(): ChildProcess {
    return this.#child;
  }

  async ready(): Promise<void> {
    await vi.waitFor(
      async () => {
        const { pid } = await this.client.status();
        if (pid !== this.pid) throw new Error(`${pid} serves it`);
      },
      { interval: 20 },
    );
  }

  /** Ends it as a crash would, and starts another one. */
  async restart(): Promise<void> {
    await this.kill();
    this.#child = spawnGateway(this.home);
    await this.ready();
  }

  kill(): Promise<void> {
    return end(this.#child, 'SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.#folder?.[Symbol.asyncDispose]();
  }
}

export function spawnGateway(home: string): ChildProcess {
  const entry = path.join(appRoot(), 'src', 'main', 'gateway.ts');
  return spawn(process.execPath, ['--no-warnings', entry, home], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** A node with a gateway before it. */
export class ServedNode implements AsyncDisposable {
  readonly gateway: TestGateway;
  readonly node: TestNode;
  readonly port: number;
  /** Through the gateway. */
  readonly url: string;
  readonly call: Rpc;

  private constructor(gateway: TestGateway, node: TestNode, port: number) {
    this.gateway = gateway;
    this.node = node;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.call = rpc(this.url);
  }

  static async start(...flags: string[]): Promise<ServedNode> {
    const [gateway, node, port] = await Promise.all([
      TestGateway.start(),
      TestNode.start(...flags),
      freePort(),
    ]);
    const served = new ServedNode(gateway, node, port);
    await served.put();
    return served;
  }

  async put(more: Partial<Parameters<GatewayClient['putChain']>[1]> = {}): Promise<void> {
    const { port, node } = this;
    await this.gateway.client.putChain('local', {
      ...{ port, backend: node.url, chainId: 31337 },
      ...more,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway[Symbol.asyncDispose]();
    await this.node[Symbol.asyncDispose]();
  }
}
