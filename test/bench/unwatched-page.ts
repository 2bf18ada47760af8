import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Devtools } from './longest-task.ts';

interface Answer {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/**
 * A Chromium whose pages no debugger is attached to: with one, V8 parses a file once more wherever an
 * error is created in it, which is longer than many a task.
 */
export class UnwatchedChromium implements Devtools, AsyncDisposable {
  readonly #waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  readonly #listeners = new Map<string, Set<(params: never) => void>>();
  #last = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => this.#take(JSON.parse(String(data)) as Answer));
  }

  /** @param folder for its profile; what it keeps of pages is kept there */
  static async start(folder: string): Promise<UnwatchedChromium> {
    const child = spawn(
      process.env.CHROMIUM_PATH ?? chromium.executablePath(),
      [
        ...['--headless=new', '--no-first-run', '--remote-debugging-port=0'],
        `--user-data-dir=${path.join(folder, 'profile')}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const socket = new WebSocket(await addressOf(child), { maxPayload: 2 ** 30 });
    await once(socket, 'open');
    return new UnwatchedChromium(child, socket);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.child, 'exit');
    this.socket.close();
    this.child.kill();
    await gone;
  }

  send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    const answer = Promise.withResolvers<Record<string, unknown>>();
    this.#waiting.set(id, answer);
    this.socket.send(JSON.stringify({ id, method, params }));
    return answer.promise;
  }

  on(event: string, listener: (params: never) => void): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  off(event: string, listener: (params: never) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  #take({ id, method = '', params, result, error }: Answer): void {
    if (id === undefined) {
      for (const listener of this.#listeners.get(method) ?? []) listener(params as never);
      return;
    }
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result ?? {});
  }
}

/** What it says of the address of its debugger. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  let said = '';
  for await (const piece of stderr ?? []) {
    said += String(piece);
    const address = /ws:\S+/.exec(said)?.[0];
    if (address) return address;
  }
  throw new Error(`Chromium did not start: ${said}`);
}
