import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { extraCertificates, withUsual } from './certificates.ts';
import { inside } from './inside.ts';
import { hash } from './labels.ts';
import { proxies } from './proxies.ts';

const BUNDLE = '/etc/drydock/ca.pem';

export interface SurroundingsParts {
  dataFolder: string;
  /** A file with certificates from the settings; empty: none. */
  caFile: () => string;
  /** Folders of the data folder that containers may read, under their own path. */
  shared: readonly string[];
}

/** What our containers take over from this machine: proxies, certificates, shared folders. */
export class Surroundings {
  readonly #parts: SurroundingsParts;
  #read: { caFile: string; certificates: Promise<string> } | undefined;

  constructor(parts: SurroundingsParts) {
    this.#parts = parts;
  }

  /** PEM of authorities to trust besides the usual ones. Read once, and when the setting changes. */
  certificates(): Promise<string> {
    const caFile = this.#parts.caFile();
    if (this.#read?.caFile !== caFile) {
      this.#read = { caFile, certificates: extraCertificates(caFile) };
    }
    return this.#read.certificates;
  }

  async all(): Promise<{ env: Record<string, string>; mounts: Docker.MountConfig }> {
    const readOnly = (Source: string, Target: string) =>
      ({ Type: 'bind', Source, Target, ReadOnly: true }) as const;
    const shared = this.#parts.shared.map((folder) => readOnly(folder, inside(folder)));
    await Promise.all(this.#parts.shared.map((folder) => mkdir(folder, { recursive: true })));
    const bundle = await this.#bundle();
    return {
      env: {
        ...proxies(),
        ...(bundle ? { SSL_CERT_FILE: BUNDLE, NODE_EXTRA_CA_CERTS: BUNDLE } : {}),
      },
      mounts: [...shared, ...(bundle ? [readOnly(bundle, BUNDLE)] : [])],
    };
  }

  #written: { text: string; file: string } | undefined;

  /** A file with the usual authorities and the extra ones; undefined when there are none. */
  async #bundle(): Promise<string | undefined> {
    const extra = await this.certificates();
    if (!extra) return undefined;
    if (this.#written?.text === extra) return this.#written.file;
    const folder = path.join(this.#parts.dataFolder, 'certificates');
    const file = path.join(folder, `${hash(extra)}.pem`);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await writeFile(file, withUsual(extra), { mode: 0o644 });
    this.#written = { text: extra, file };
    return file;
  }
}
