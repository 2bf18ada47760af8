import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { appRoot } from '../../lib/app-root.ts';
import { outsideArchive, shippedNode } from '../../lib/shipped-node.ts';
import { workerFile } from '../../lib/worker-file.ts';
import {
  type Opened,
  type Opening,
  type Order,
  opened,
  type Reply,
  reply,
} from '../../signer/control/protocol.ts';

/** An order without its number. */
type Work = Order extends infer One
  ? One extends { id: number }
    ? Omit<One, 'id'>
    : never
  : never;

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

/**
 * A process that holds one key, and nothing else does: see `signer/control/protocol.ts`. Node lets it read
 * its own program alone, and write no file and start no process.
 */
export class KeyProcess {
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #first = Promise.withResolvers<Opened>();
  readonly #waiting = new Map<number, Waiting>();
  #orders = 0;

  constructor(opening: Opening) {
    const entry = outsideArchive(workerFile(import.meta.url, '../../signer.ts', 'signer'));
    const { NODE_OPTIONS: _, ...env } = process.env;
    this.#child = spawn(
      shippedNode(),
      ['--no-warnings', '--permission', `--allow-fs-read=${outsideArchive(appRoot())}`, entry],
      { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true },
    );
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
    void this.ended.then(() => this.#giveUp());
    this.#first.promise.catch(() => undefined);
    // What it could say there has a secret in it, at worst.
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#heard(line));
    this.#say(opening);
  }

  /** What it says of its key. Rejects when it ends before. */
  get opened(): Promise<Opened> {
    return this.#first.promise;
  }

  /** Rejects with the reason when it refuses, or has ended. */
  async order(work: Work): Promise<Extract<Reply, { raw?: unknown }>> {
    this.#orders += 1;
    const id = this.#orders;
    const answered = new Promise<Reply>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#say({ ...work, id });
    const said = await answered;
    if ('refused' in said) throw new Error(said.refused);
    return said;
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #say(message: Opening | Order): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #heard(line: string): void {
    const isFirst = this.#orders === 0;
    if (isFirst) {
      this.#first.resolve(opened.parse(JSON.parse(line)));
      return;
    }
    const said = reply.parse(JSON.parse(line));
    this.#waiting.get(said.id)?.resolve(said);
    this.#waiting.delete(said.id);
  }

  #giveUp(): void {
    const error = new Error('The key is locked: the process that held it has ended.');
    this.#first.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
