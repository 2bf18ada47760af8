const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];

/** The proxies that this machine uses, under the names that programs look for. */
export function proxies(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names.flatMap((upper) => [upper, upper.toLowerCase()])) {
    const value = env[name];
    if (value) found[name] = value;
  }
  return found;
}
