import type { LogLine, Services } from '../../engines/services.ts';

/** The most lines from before a service responds that are read again at the end. */
const MOST_LINES = 1_000_000;

/** The output of a service, line by line, from its start until `end`. */
export class FollowedLog {
  readonly #services: Services;
  readonly #container: string;
  readonly #write: (line: LogLine) => void;
  readonly #stop = new AbortController();
  readonly #following: Promise<void>;
  #written = 0;

  constructor(services: Services, container: string, write: (line: LogLine) => void) {
    this.#services = services;
    this.#container = container;
    this.#write = write;
    this.#following = this.#follow().catch(() => undefined);
  }

  /** Resolves when everything that the service wrote before this call is recorded. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#following;
    const log = this.#services.log(this.#container, { tail: MOST_LINES, follow: false });
    let seen = 0;
    for await (const lines of log) {
      for (const line of lines) if (++seen > this.#written) this.#write(line);
    }
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const options = { tail: MOST_LINES, follow: true, signal };
    for await (const lines of this.#services.log(this.#container, options)) {
      if (signal.aborted) return;
      for (const line of lines) this.#write(line);
      this.#written += lines.length;
    }
  }
}
