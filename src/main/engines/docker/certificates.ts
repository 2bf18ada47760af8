import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The authorities that this machine trusts besides the usual ones, as PEM, empty if none: behind a
 * company's proxy, downloads would fail without them. Files that can't be read count as empty.
 */
export async function extraCertificates(
  setting: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const files = [setting, env.NODE_EXTRA_CA_CERTS, env.SSL_CERT_FILE].filter((file) => file);
  const texts = await Promise.all(
    [...new Set(files)].map((file) => readFile(file as string, 'utf8').catch(() => '')),
  );
  const usual = new Set(rootCertificates.map(normal));
  const found = texts.flatMap((text) => text.match(PEM) ?? []).map(normal);
  return [...new Set(found)].filter((one) => !usual.has(one)).join('\n');
}

/** The usual authorities and these, for programs that read a single file. */
export const withUsual = (extra: string): string => `${[...rootCertificates, extra].join('\n')}\n`;

const normal = (certificate: string): string => certificate.replace(/\r/g, '').trim();
