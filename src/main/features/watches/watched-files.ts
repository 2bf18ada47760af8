import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { projectFiles } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import { messageOf } from '../../shared/errors.ts';
import type { KindInfo } from '../../shared/kind.ts';
import { sourceDigest } from './source-digest.ts';

export type Watched = NonNullable<KindInfo['watched']>;

export interface WatchedFilesOptions {
  /** Absolute. */
  folder: string;
  watched: Watched;
  /** A file came, went or was written. */
  onChange(): void;
  /** Files can't be watched any more, or not all of them, as a sentence. */
  onProblem(problem: string): void;
}

/** More files are no project's own sources. */
const MOST_FILES = 20_000;

const NO_MORE = new Set(['ENOSPC', 'EMFILE']);

/**
 * The sources of a project, as they are now. Follows no links, and reads nothing but regular files of
 * bounded size within the folder.
 */
export class WatchedFiles {
  readonly #options: WatchedFilesOptions;
  readonly #watcher: FSWatcher;
  /** By path relative to the folder; without a digest: not read since it changed. */
  readonly #known = new Map<string, { digest?: string }>();
  readonly #ready = Promise.withResolvers<void>();

  constructor(options: WatchedFilesOptions) {
    this.#options = options;
    this.#watcher = watch(options.folder, {
      followSymlinks: false,
      ignored: (file, stats) => this.#isIgnored(file, stats),
    });
    this.#watcher
      .once('ready', () => this.#ready.resolve())
      .on('add', (file) => this.#note(file))
      .on('change', (file) => this.#note(file))
      .on('unlink', (file) => this.#forget(file))
      .on('error', (error) => options.onProblem(problemOf(error)));
  }

  /** Resolves when all files that were there at the beginning are known, and after a close. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  get count(): number {
    return this.#known.size;
  }

  /** Equal as long as nothing has changed that a compiler would see. */
  async digest(): Promise<string> {
    const files = projectFiles(this.#options.folder);
    for (const [file, known] of this.#known) {
      if (known.digest !== undefined) continue;
      const bytes = await files.bytes(file).catch(() => null);
      known.digest = bytes === null ? '' : sourceDigest(file, bytes.toString());
    }
    const all = [...this.#known].map(([file, { digest }]) => `${file}\0${digest}`);
    return sha256(all.sort().join('\n'));
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    this.#ready.resolve();
  }

  #isIgnored(file: string, stats?: { isFile(): boolean; isDirectory(): boolean }): boolean {
    if (file === this.#options.folder) return false;
    const { extensions, files, skips } = this.#options.watched;
    const name = path.basename(file);
    if (files.includes(name)) return stats !== undefined && !stats.isFile();
    if (name.startsWith('.') || name === 'node_modules' || skips.includes(name)) return true;
    if (stats === undefined || stats.isDirectory()) return false;
    return !stats.isFile() || !extensions.includes(path.extname(name));
  }

  #note(file: string): void {
    const relative = path.relative(this.#options.folder, file);
    if (!this.#known.has(relative) && this.#known.size >= MOST_FILES) {
      this.#options.onProblem(
        `The folder has more than ${MOST_FILES} sources: changes of the others are not seen.`,
      );
      return;
    }
    this.#known.set(relative, {});
    this.#options.onChange();
  }

  #forget(file: string): void {
    if (this.#known.delete(path.relative(this.#options.folder, file))) this.#options.onChange();
  }
}

function problemOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!NO_MORE.has(code)) return `Changes of files can't be seen: ${messageOf(error)}.`;
  return 'This machine watches no more files. End other programs that watch some, or raise the limit (fs.inotify.max_user_watches on Linux), then turn watching off and on.';
}
