import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { baseImage } from './docker-base.ts';
import { temporaryFolder } from './folder.ts';

/**
 * A web server. What it is told by its environment: RELEASE, which it responds with; SAYS, a line
 * that it writes first; TELLS, a file whose length it writes first; WARNS, one to stderr; WRITES, a file; FAILS, its exit code at once; LISTENS, an address that isn't 0.0.0.0; STATUS.
 * A request to /slow takes a while, and one to /end ends it.
 */
const SERVER = `import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { RELEASE = 'one', SAYS, WARNS, WRITES, FAILS, TELLS, LISTENS = '0.0.0.0', PORT, STATUS = '200' } = process.env;
if (SAYS) console.log(SAYS);
if (TELLS) console.log('secret of ' + readFileSync(TELLS, 'utf8').length + ': ' + readFileSync(TELLS, 'utf8'));
if (WARNS) console.error(WARNS);
if (WRITES) writeFileSync(WRITES, 'x');
if (FAILS) process.exit(Number(FAILS));
const server = createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  response.statusCode = Number(STATUS);
  response.setHeader('connection', 'close');
  const respond = () => response.end(JSON.stringify({ release: RELEASE, uid: process.getuid() }));
  if (request.url === '/slow') setTimeout(respond, 500);
  else respond();
});
server.listen(Number(PORT), LISTENS, () => console.log('listening'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

export interface AppProject extends AsyncDisposable {
  folder: string;
  /** The name of its base image on every machine. */
  base: string;
  /** Writes files, replacing existing ones. */
  write(files: Record<string, string>): Promise<void>;
  /** Its Dockerfile, with these instructions before the last one. */
  dockerfile(...instructions: string[]): Promise<void>;
}

/** A folder with a Dockerfile and a web server, which exposes port 3000. */
export async function appProject(): Promise<AppProject> {
  const base = await baseImage();
  const made = await temporaryFolder();
  const folder = path.join(await realpath(made.path), 'shop');
  const write = async (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
  };
  const dockerfile = (...instructions: string[]) =>
    write({
      Dockerfile: [
        `FROM ${base}`,
        'COPY server.mjs /app/',
        ...instructions,
        'CMD ["node", "/app/server.mjs"]',
        '',
      ].join('\n'),
    });
  await write({ 'server.mjs': SERVER });
  await dockerfile('EXPOSE 3000');
  return {
    folder,
    base,
    write,
    dockerfile,
    [Symbol.asyncDispose]: () => made[Symbol.asyncDispose](),
  };
}
