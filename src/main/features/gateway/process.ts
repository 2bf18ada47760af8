import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { gatewayFolder, markFile, privateFolder } from '../../gateway/control/address.ts';
import { buildOf } from '../../gateway/control/build-of.ts';
import { type GatewayClient, GatewayUnreachable } from '../../gateway/control/client.ts';
import { CONTROL_VERSION, type GatewayStatus } from '../../gateway/control/protocol.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { isOfLiving, pidOf } from '../../lib/process-mark.ts';
import { endWords } from '../../lib/processes/process-end.ts';
import { outsideArchive, shippedNode } from '../../lib/shipped-node.ts';
import { workerFile } from '../../lib/worker-file.ts';
import { messageOf } from '../../shared/errors.ts';

const START_MS = 10_000;
const STOP_MS = 5_000;
const LOOK_EVERY_MS = 5;
const MOST_LOG_BYTES = 1024 * 1024;

interface ProcessDependencies {
  /** The data folder. */
  home: string;
  client: GatewayClient;
  logger: Logger;
  /** Called when one that didn't respond was ended. */
  replaced: () => void;
  /** Its entry, instead of that of this build. */
  entry?: string;
}

/** The gateway of a data folder: found when it runs, started when it doesn't. */
export class GatewayProcess {
  readonly logFile: string;
  readonly #deps: ProcessDependencies;
  readonly #entry: string;
  #starting: Promise<GatewayStatus> | undefined;

  constructor(deps: ProcessDependencies) {
    this.#deps = deps;
    // Node runs it, and a file in an archive has no time of its own to compare builds by.
    const own = workerFile(import.meta.url, '../../gateway.ts', 'gateway');
    this.#entry = deps.entry ?? outsideArchive(own);
    this.logFile = path.join(gatewayFolder(deps.home), 'gateway.log');
  }

  /**
   * What it says of itself; it is started when it isn't there, and replaced when it is older than
   * this core. Cores that do so at once end up with one. Rejects with a sentence that says why there
   * is none.
   */
  ensure(): Promise<GatewayStatus> {
    this.#starting ??= this.#ensure().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** What it says of itself; null: it doesn't run, or doesn't respond. */
  async status(): Promise<GatewayStatus | null> {
    try {
      return await this.#deps.client.status();
    } catch (error) {
      if (error instanceof GatewayUnreachable) return null;
      throw error;
    }
  }

  /** Resolves once it has let its ports go; at once when there is none. */
  async stop(onlyIdle = false): Promise<void> {
    try {
      if (!(await this.#deps.client.stop(onlyIdle))) return;
    } catch (error) {
      if (error instanceof GatewayUnreachable) return;
      throw error;
    }
    const until = Date.now() + STOP_MS;
    while (Date.now() < until && (await this.status())) await sleep(LOOK_EVERY_MS);
  }

  /** Whether it takes connections and says nothing, as a process that is stopped does. */
  readonly isFrozen = async (): Promise<boolean> => {
    try {
      await this.#deps.client.status();
      return false;
    } catch (error) {
      if (error instanceof GatewayUnreachable) return error.isSilent;
      throw error;
    }
  };

  /** Ends one that is frozen, so that another one can take its place; its state stays. */
  readonly end = async (): Promise<void> => {
    const mark = readMark(this.#deps.home);
    if (mark === null || !(await isOfLiving(mark))) return;
    this.#deps.logger.warn({ pid: pidOf(mark) }, 'the gateway does not respond, and is replaced');
    process.kill(pidOf(mark), 'SIGKILL');
    this.#deps.replaced();
  };

  async #ensure(): Promise<GatewayStatus> {
    const found = await this.status();
    if (!found && (await this.isFrozen())) await this.end();
    if (found && !this.#isOlder(found)) return found;
    if (found) {
      this.#deps.logger.info({ pid: found.pid }, 'a gateway of another build is replaced');
      await this.stop();
    }
    return this.#start();
  }

  /** Of two builds that are used side by side, neither replaces the newer one. */
  #isOlder({ version, build }: GatewayStatus): boolean {
    if (version !== CONTROL_VERSION) return version < CONTROL_VERSION;
    return Number(build) < Number(buildOf(this.#entry));
  }

  async #start(): Promise<GatewayStatus> {
    privateFolder(gatewayFolder(this.#deps.home));
    const until = Date.now() + START_MS;
    let child: ChildProcess | undefined;
    let ended: string | undefined;
    while (Date.now() < until) {
      const status = await this.status();
      if (status) {
        this.#deps.logger.info({ pid: status.pid }, 'the gateway runs');
        return status;
      }
      if (ended !== undefined) throw new Error(`The gateway can't be started: ${ended}.`);
      // One that found another one ends well; that one may have been about to end.
      if (child?.exitCode !== null) {
        const logged = statOf(this.logFile)?.size ?? 0;
        child = this.#spawn();
        child.once('error', (error) => {
          ended = messageOf(error);
        });
        child.once('exit', (code, signal) => {
          if (code === 0) return;
          const said = this.#errorAfter(logged);
          ended = `it ${endWords({ code, signal })}${said === null ? '' : `: ${said}`}`;
        });
        child.unref();
      }
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error(
      `The gateway did not respond within ${START_MS / 1000} s. Its log is ${this.logFile}.`,
    );
  }

  /** A session of its own: what ends this core doesn't end it. */
  #spawn(): ChildProcess {
    if ((statOf(this.logFile)?.size ?? 0) > MOST_LOG_BYTES) truncateSync(this.logFile);
    const log = openSync(this.logFile, 'a', 0o600);
    const { NODE_OPTIONS: _, ...env } = process.env;
    try {
      return spawn(shippedNode(), ['--no-warnings', this.#entry, this.#deps.home], {
        cwd: path.parse(this.#deps.home).root,
        env,
        stdio: ['ignore', log, log],
        detached: true,
        windowsHide: true,
      });
    } finally {
      closeSync(log);
    }
  }

  /** The last error that it has written since its log had that many bytes. */
  #errorAfter(bytes: number): string | null {
    try {
      const written = readFileSync(this.logFile);
      const own = written.subarray(bytes > MOST_LOG_BYTES ? 0 : bytes).toString();
      return own.split('\n').findLast((line) => /error/i.test(line)) ?? null;
    } catch {
      return null;
    }
  }
}

function readMark(home: string): string | null {
  try {
    return readFileSync(markFile(home), 'utf8');
  } catch {
    return null;
  }
}
