import os from 'node:os';
import Database from 'better-sqlite3';
import { expect, vi } from 'vitest';
import { databaseFile } from '#main/db/database-file.ts';
import { DataKey } from '#main/lib/secrets/data-key.ts';
import type { TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { drydock, receiver } from '#test/harness/traces-left.ts';
import { encoded } from './encoded.ts';
import { filesBelow, type Look, passingFiles, processesNow } from './looks.ts';

const LOOK_EVERY_MS = 50;
const LOOK_AT_FILES_EVERY_MS = 250;

/** Which processes are meant to have a secret: what their arguments match. */
interface Holders {
  /** In their environment. */
  env?: RegExp;
  /** In their arguments. */
  args?: RegExp;
}

interface Secret {
  name: string;
  /** What it is, by how it is written. */
  forms: Map<string, string>;
  holders: Holders;
}

/**
 * Looks for the secrets of a suite wherever they may have come to: arguments and environments of all
 * processes while the suite runs, files that pass by, and at the end the data folder, the home
 * folder, the projects, each row of the database, what every door shows and exports, and what
 * webhooks were sent. Begin it before what uses the secrets, and `end` it in `afterAll`, before the
 * core is closed.
 */
export class SecretsHunt {
  readonly #core: TestApp;
  readonly #client: Client;
  readonly #hook: Awaited<ReturnType<typeof receiver>>;
  readonly #folders: string[];
  readonly #secrets: Secret[] = [];
  /** By what they hold: processes are many, and mostly the same. */
  readonly #processes = new Map<string, { args: string; env: string }>();
  readonly #passing = new Map<string, Look>();
  readonly #timers: NodeJS.Timeout[];
  readonly #excepted = new Set<string>();
  readonly #given = new Set<string>();
  readonly #counts = { processes: 0, files: 0 };

  private constructor(core: TestApp, client: Client, hook: Awaited<ReturnType<typeof receiver>>) {
    this.#core = core;
    this.#client = client;
    this.#hook = hook;
    this.#folders = [core.home, os.homedir()];
    let since = Date.now();
    this.#timers = [
      setInterval(() => {
        for (const one of processesNow()) this.#processes.set(`${one.args}\0${one.env}`, one);
        this.#counts.processes += 1;
      }, LOOK_EVERY_MS),
      setInterval(() => {
        const now = Date.now();
        for (const one of passingFiles(since - LOOK_AT_FILES_EVERY_MS)) {
          this.#passing.set(`${one.where}\0${one.text}`, one);
        }
        since = now;
        this.#counts.files += 1;
      }, LOOK_AT_FILES_EVERY_MS),
    ];
  }

  static async begin(core: TestApp): Promise<SecretsHunt> {
    const { client } = await openDoor('in-process', core.app);
    const hook = await receiver();
    await client.webhooks.add({ name: 'hunt', url: hook.url });
    return new SecretsHunt(core, client, hook);
  }

  keep(name: string, value: string, holders: Holders = {}): void {
    this.#secrets.push({ name, forms: encoded(value), holders });
  }

  /** A file of the suite itself, that has a secret in it. */
  except(file: string): void {
    this.#excepted.add(file);
  }

  /** Resolves once it has looked at all processes and passing files from now on. */
  async look(): Promise<void> {
    const { processes, files } = this.#counts;
    await vi.waitUntil(
      () => this.#counts.processes > processes + 1 && this.#counts.files > files + 1,
    );
  }

  /** Searched at the end as well. */
  project(folder: string): void {
    this.#folders.push(folder);
  }

  /** What had a secret and was meant to, as its pattern has matched; known at the end. */
  get given(): string[] {
    return [...this.#given];
  }

  /** Stops looking, and fails with each place where a secret was found. */
  async end(more?: Record<string, unknown>): Promise<void> {
    expect(await this.places(more)).toEqual([]);
  }

  /** Stops looking. Resolves with where which secret was found, in words. */
  async places(more: Record<string, unknown> = {}): Promise<string[]> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#keepPasswords();
    await this.#client.backups.create();
    const shown = { ...(await this.#shown()), ...more, webhooks: this.#hook.bodies };
    await this.#client.webhooks.remove({ webhook: 'hunt' });
    this.#hook.close();
    expect(this.#secrets.length).toBeGreaterThan(0);
    return [...new Set(this.#found(shown))];
  }

  /** Passwords that Drydock has made up: nobody has told the suite. */
  #keepPasswords(): void {
    const key = new DataKey(this.#core.home);
    const db = new Database(databaseFile(this.#core.home), { readonly: true });
    const rows = db.prepare('SELECT name, sealed FROM keys WHERE sealed IS NOT NULL').all();
    db.close();
    for (const { name, sealed } of rows as { name: string; sealed: string }[]) {
      this.keep(`the password of ${name}`, key.open(sealed));
    }
  }

  *#found(shown: Record<string, unknown>): Iterable<string> {
    for (const process of this.#processes.values()) {
      const words = process.args.replaceAll('\n', ' ');
      for (const where of ['args', 'env'] as const) {
        for (const [{ name, holders }, what] of this.#in(process[where])) {
          const holder = holders[where]?.exec(words)?.[0];
          if (holder !== undefined) this.#given.add(holder);
          else yield `${what} of ${name} in the ${where} of ${words.slice(0, 200)}`;
        }
      }
    }
    for (const look of this.#looks(shown)) {
      if (this.#excepted.has(look.where)) continue;
      for (const [secret, what] of this.#in(look.text)) {
        yield `${what} of ${secret.name} in ${look.where}`;
      }
    }
  }

  *#looks(shown: Record<string, unknown>): Iterable<Look> {
    yield* this.#passing.values();
    for (const folder of new Set(this.#folders)) yield* filesBelow(folder);
    for (const [where, value] of Object.entries(shown)) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      yield { where, text };
      // One text within another.
      yield { where, text: text.replaceAll('\\"', '"').replaceAll('\\\\', '\\') };
    }
    yield* this.#rows();
  }

  /** Texts in the file of a database may be cut in pieces. */
  *#rows(): Iterable<Look> {
    const db = new Database(databaseFile(this.#core.home), { readonly: true });
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
      .pluck()
      .all() as string[];
    for (const table of tables) {
      for (const row of db.prepare(`SELECT * FROM "${table}"`).iterate()) {
        for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
          const text = Buffer.isBuffer(value) ? value.toString('latin1') : `${value ?? ''}`;
          yield { where: `the database, ${table}.${column}`, text };
        }
      }
    }
    db.close();
  }

  *#in(text: string): Iterable<[Secret, string]> {
    for (const secret of this.#secrets) {
      for (const [form, what] of secret.forms) {
        if (!text.includes(form)) continue;
        yield [secret, what];
        break;
      }
    }
  }

  /** What the doors show of everything that there is. */
  async #shown(): Promise<Record<string, unknown>> {
    const { audit, deployments, environments, events, history, keys, reviews, webhooks } =
      this.#client;
    const shown: Record<string, unknown> = {
      keys: await keys.list(),
      events: await events.list({}),
      audit: [await audit.list({}), await audit.export({})],
      deliveries: await webhooks.deliveries({}),
      history: [await history.exportList({})],
      'the command line': await this.#said('key list', 'audit list', 'review list', 'event list'),
    };
    for (const { id } of await reviews.list({})) shown[`review ${id}`] = await reviews.get({ id });
    const { items } = await deployments.list({});
    for (const { id } of items) {
      shown[`deployment ${id}`] = [
        await deployments.get({ id }),
        await deployments.logs({ id, limit: 10_000 }),
        await history.export({ id, format: 'json' }),
      ];
      shown[`deployment ${id} on the command line`] = await this.#said(
        `deployment show ${id}`,
        `deployment logs ${id}`,
      );
    }
    for (const project of await this.#client.projects.list()) {
      const of = { project: project.id };
      shown[`variables of ${project.name}`] = [
        await environments.list(of),
        await environments.export(of),
        await environments.check(of),
        await this.#said(`env list ${project.id}`, `env check ${project.id}`),
      ];
    }
    return shown;
  }

  async #said(...commands: string[]): Promise<string> {
    let said = '';
    for (const words of commands) said += await drydock(this.#core.home, ...words.split(' '));
    return said;
  }
}
