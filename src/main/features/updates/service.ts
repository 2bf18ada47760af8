import type { Logger } from 'pino';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { UpdateChannel, Updater } from '../../shared/updater.ts';
import type { UpdateStatus } from './contract.ts';

/** The start of the app belongs to its user. */
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 6 * 3_600_000;
/** Between two changes that are told of a download. */
const TELL_EVERY = 0.05;

export interface UpdatesDependencies {
  /** null: this Drydock does not update itself. */
  updater: Updater | null;
  /** The version that runs. */
  current: string;
  settings: () => { updates: 'on' | 'off'; updateChannel: UpdateChannel };
  /** A deployment of whichever core that is queued or running, e.g. `vault #3`. */
  deployment: () => string | undefined;
  /** The same; where there is none, none begins in any core until the app has started again. */
  holdDeployments: () => string | undefined;
  /** They begin again. */
  letDeploymentsGo: () => void;
  changed: () => void;
  mask: (text: string) => string;
  logger: Logger;
}

type Known = Omit<UpdateStatus, 'current' | 'supported'>;

/** Looks for newer versions, downloads them and has them installed, never beside a deployment. */
export class UpdatesService {
  readonly #deps: UpdatesDependencies;
  #status: Known = {
    ...{ state: 'none', version: null, notes: null },
    ...{ progress: null, problem: null, checkedAt: null },
  };
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: UpdatesDependencies) {
    this.#deps = deps;
  }

  status(): UpdateStatus {
    const { current, updater } = this.#deps;
    return { ...this.#status, current, supported: updater !== null };
  }

  /** Resolves when it is known, and what was found downloaded. Throws UNSUPPORTED. */
  async check(): Promise<UpdateStatus> {
    const updater = this.#require();
    this.#looking ??= this.#look(updater).finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    return this.status();
  }

  /**
   * Looks once more before it installs: what is no longer the newest is replaced. Rejects with
   * UNSUPPORTED, UPDATE_NOT_READY, DEPLOYMENT_RUNNING.
   */
  async install(): Promise<UpdateStatus> {
    const { deployment, holdDeployments, letDeploymentsGo, logger } = this.#deps;
    const updater = this.#require();
    if (this.#status.state !== 'ready') throw notReady();
    const before = deployment();
    if (before !== undefined) throw running(before);
    await this.check();
    const since = deployment();
    if (since !== undefined) throw running(since);
    if (this.#state() !== 'ready') throw notReady(this.#status.problem);
    const atLast = holdDeployments();
    if (atLast !== undefined) throw running(atLast);
    logger.info({ version: this.#status.version }, 'the app is updated');
    try {
      updater.install();
    } catch (error) {
      letDeploymentsGo();
      throw error;
    }
    return this.status();
  }

  /** A deployment has ended: what was put off until then is done. */
  deploymentEnded(): void {
    if (this.#status.state === 'waiting' && this.#isWanted()) void this.check();
  }

  /** Looks again and again from now on, as long as the settings want it. */
  begin(): void {
    // What an update held back can begin: this is the version that it brought, or it didn't come.
    this.#deps.letDeploymentsGo();
    if (this.#deps.updater === null) return;
    const look = () => {
      if (this.#isWanted()) void this.check();
    };
    this.#timer = setTimeout(() => {
      look();
      this.#timer = setInterval(look, LOOK_EVERY_MS).unref();
    }, FIRST_LOOK_MS).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #state(): Known['state'] {
    return this.#status.state;
  }

  #isWanted(): boolean {
    return this.#deps.settings().updates === 'on';
  }

  #require(): Updater {
    const { updater } = this.#deps;
    if (updater) return updater;
    throw new AppError(
      'UNSUPPORTED',
      'Only the installed app updates itself, and not while "drydock host" serves its data folder. Update this one as it was installed, a checkout with "git pull".',
    );
  }

  async #look(updater: Updater): Promise<void> {
    const { settings, deployment, logger, mask } = this.#deps;
    const ready = this.#status.state === 'ready' ? this.#status.version : null;
    let isOffered = ready !== null;
    try {
      if (ready === null) this.#tell({ state: 'checking', problem: null, progress: null });
      const found = await updater.check(settings().updateChannel);
      const checkedAt = Date.now();
      if (found !== null && found.version === ready)
        return this.#tell({ checkedAt, problem: null });
      isOffered = false;
      if (found === null) {
        this.#tell({ state: 'none', version: null, notes: null, checkedAt });
        return;
      }
      this.#tell({ ...found, checkedAt, state: 'waiting' });
      if (deployment() !== undefined) return;
      this.#tell({ state: 'downloading', progress: 0 });
      await updater.download((part) => {
        const told = this.#status.progress ?? 0;
        if (part - told >= TELL_EVERY) this.#tell({ progress: Math.min(1, part) });
      });
      this.#tell({ state: 'ready', progress: null });
    } catch (error) {
      logger.warn({ err: error }, 'there was no update');
      const problem = mask(messageOf(error));
      // What is downloaded stays of use where only the look has failed.
      if (isOffered) return this.#tell({ problem });
      this.#tell({ state: 'none', version: null, notes: null, progress: null, problem });
    }
  }

  #tell(part: Partial<Known>): void {
    this.#status = { ...this.#status, ...part };
    this.#deps.changed();
  }
}

const notReady = (problem: string | null = null): AppError =>
  new AppError(
    'UPDATE_NOT_READY',
    `No newer version is downloaded. ${problem === null ? '' : `${problem} `}Look for one with "drydock update check".`,
    {
      fix: {
        label: 'Look for a newer version',
        command: 'drydock update check',
        call: { procedure: 'updates.check', input: {} },
      },
    },
  );

const running = (deployment: string): AppError =>
  new AppError(
    'DEPLOYMENT_RUNNING',
    `${deployment} is queued or running, and would be cut short. Install the update once it has ended, or cancel it first.`,
  );
