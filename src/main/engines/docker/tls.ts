import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Certificates for a daemon behind TLS, as PEM. */
export interface Tls {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
  verify: boolean;
}

/** Reads `ca.pem`, `cert.pem` and `key.pem`; each may be missing. */
export function readTls(folder: string, verify: boolean): Tls {
  const read = (name: string) => {
    try {
      return readFileSync(path.join(folder, name));
    } catch {
      return undefined;
    }
  };
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem'), verify };
}
