import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import type { PinnedPackage } from '../../lib/npm/tarball.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { DownloadedTools, ToolSpec } from '../tools.ts';
import { bringPackage } from './bring-package.ts';
import { DownloadFolder } from './download-folder.ts';

export interface ToolDownloadState {
  state: 'none' | 'needed' | 'downloading' | 'failed';
  /** Those that are not here. */
  tools: string[];
  /** Of the one that is being downloaded, bytes. */
  received: number;
  /** null: not known. */
  total: number | null;
  /** Why the last download failed. */
  problem: string | null;
}

export interface ToolDownloadsOptions {
  /** Where tools are kept; absolute. */
  folder: string;
  tools: readonly ToolSpec[];
  /** What the package of Drydock has left out. */
  leftOut: readonly PinnedPackage[];
  /** File with certificates to trust besides the usual ones; empty: none. */
  caFile: () => string;
  owner: ProcessRef;
  /** Absent: these of this process. */
  env?: NodeJS.ProcessEnv;
  home?: string;
  changed: () => void;
  mask: (text: string) => string;
  logger: Logger;
}

interface LeftOutTool {
  spec: ToolSpec;
  pinned: PinnedPackage;
  /** Of the tool, within its package. */
  file: string;
}

/** Between two changes that are told of a download, bytes. */
const TELL_EVERY = 1024 * 1024;

/**
 * Downloads what the package of Drydock has left out, in exactly the versions that it was made
 * with. What is here was verified, and is whole.
 */
export class ToolDownloads implements DownloadedTools {
  readonly #options: ToolDownloadsOptions;
  readonly #folder: DownloadFolder;
  readonly #leftOut: readonly LeftOutTool[];
  readonly #end = new AbortController();
  #underway: Promise<void> | undefined;
  #received = 0;
  #total: number | null = null;
  #problem: string | null = null;

  constructor(options: ToolDownloadsOptions) {
    this.#options = options;
    this.#folder = new DownloadFolder(options.folder, options.owner);
    this.#leftOut = options.tools.flatMap((spec) => {
      const { bundled } = spec;
      const pinned = options.leftOut.find(({ name }) => name === bundled?.package);
      return bundled && pinned ? [{ spec, pinned, file: bundled.file }] : [];
    });
  }

  find(spec: ToolSpec): { path: string; version: string } | undefined {
    const tool = this.#leftOut.find((one) => one.spec.name === spec.name);
    if (!tool) return undefined;
    const file = path.join(this.#folder.of(tool.pinned), ...tool.file.split('/'));
    return existsSync(file) ? { path: file, version: tool.pinned.version } : undefined;
  }

  missing(spec: ToolSpec): AppError | undefined {
    if (!this.#lacking().some((one) => one.spec.name === spec.name)) return undefined;
    const { name, remedy } = spec;
    if (this.#underway) {
      return new AppError(
        'TOOL_MISSING',
        `${name} is being downloaded: ${this.#progressText()}. It is there once that is done; "drydock tool download" waits for it.`,
      );
    }
    const why = this.#problem ?? 'This Drydock came without it.';
    return new AppError(
      'TOOL_MISSING',
      `${name} is not here yet. ${why} ${again(remedy.missing)}`,
      {
        fix: {
          label: 'Download it',
          command: 'drydock tool download',
          call: { procedure: 'tools.download', input: {} },
        },
      },
    );
  }

  async need(spec: ToolSpec): Promise<void> {
    if (!this.#lacking().some((one) => one.spec.name === spec.name)) return;
    await this.download();
  }

  status(): ToolDownloadState {
    const lacking = this.#lacking().map(({ spec }) => spec.name);
    const rest = lacking.length === 0 ? 'none' : this.#problem === null ? 'needed' : 'failed';
    return {
      state: this.#underway ? 'downloading' : rest,
      tools: lacking,
      received: this.#underway ? this.#received : 0,
      total: this.#underway ? this.#total : null,
      problem: this.#underway || lacking.length === 0 ? null : this.#problem,
    };
  }

  /** Resolves when all are here; those who call meanwhile wait for the same. Rejects with TOOL_MISSING. */
  download(): Promise<void> {
    this.#underway ??= this.#bringAll().finally(() => {
      this.#underway = undefined;
      this.#options.changed();
    });
    return this.#underway;
  }

  /** What was received stays for the next time. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#underway?.catch(() => undefined);
  }

  #lacking(): LeftOutTool[] {
    return this.#leftOut.filter(({ spec }) => this.find(spec) === undefined);
  }

  async #bringAll(): Promise<void> {
    const { changed, logger, mask } = this.#options;
    const lacking = this.#lacking();
    if (lacking.length === 0) return;
    this.#problem = null;
    try {
      for (const tool of lacking) await this.#bring(tool);
    } catch (error) {
      this.#problem = mask(messageOf(error));
      logger.warn({ err: error }, 'tools could not be downloaded');
      const [{ spec }] = lacking as [LeftOutTool];
      throw new AppError('TOOL_MISSING', `${this.#problem} ${again(spec.remedy.missing)}`, {
        fix: { label: 'Run the doctor', command: 'drydock doctor' },
      });
    }
    changed();
  }

  async #bring({ spec, pinned, file }: LeftOutTool): Promise<void> {
    const { env, home, caFile, changed, logger } = this.#options;
    this.#received = 0;
    this.#total = null;
    changed();
    let told = 0;
    await bringPackage({
      ...{ folder: this.#folder, pinned, env, home },
      caFile: caFile(),
      files: new Map([
        ['package.json', 0o600],
        [file, 0o700],
      ]),
      signal: this.#end.signal,
      progress: (received, total) => {
        this.#received = received;
        this.#total = total;
        if (received - told < TELL_EVERY) return;
        told = received;
        changed();
      },
    });
    logger.info({ tool: spec.name, version: pinned.version }, 'a tool was downloaded');
  }

  #progressText(): string {
    const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
    const of = this.#total === null ? '' : ` of ${mb(this.#total)}`;
    return `${mb(this.#received)}${of} MB`;
  }
}

const again = (otherwise: string): string =>
  `Download it with "drydock tool download". Without it: ${otherwise}`;
