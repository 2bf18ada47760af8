import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';

/** Where what a run was given may be found again. */

/** A server that refuses what it is sent, and keeps it. */
export async function receiver() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    bodies.push(body);
    response.statusCode = 400;
    response.end(`no thanks, ${request.url}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { bodies, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() };
}

/** The command line, on a data folder that is open here as well. Returns what it printed. */
export async function drydock(home: string, ...words: string[]): Promise<string> {
  let said = '';
  vi.stubEnv('DRYDOCK_HOME', home);
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said += text;
      return true;
    }),
  );
  try {
    await main(words);
    return said;
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** All files below a folder, their bytes as characters. */
export async function filesOf(folder: string): Promise<{ file: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return { file, text: await readFile(file, 'latin1') };
      }),
  );
}
