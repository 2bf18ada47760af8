import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { http } from '../../lib/http.ts';

/**
 * Reaches a daemon as the Docker CLI does: every connection is an `ssh HOST docker system
 * dial-stdio`. The user's own ssh runs, with its configuration, keys and known hosts; it never
 * prompts.
 */
export class SshAgent extends http.Agent {
  readonly #args: string[];

  constructor(url: URL) {
    super({ keepAlive: true });
    this.#args = [
      ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-T'],
      ...(url.username ? ['-l', decodeURIComponent(url.username)] : []),
      ...(url.port ? ['-p', url.port] : []),
      ...['--', url.hostname, 'docker', 'system', 'dial-stdio'],
    ];
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', this.#args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
    let said = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      said = `${said}${text}`.slice(-500);
    });
    child.once('error', (error) => connection.destroy(error));
    child.once('exit', (code) => {
      if (code) connection.destroy(new Error(said.trim() || `ssh ended with ${code}`));
    });
    connection.once('close', () => child.kill());
    // Socket methods that http calls, and that a pipe lacks.
    return Object.assign(connection, {
      setTimeout: () => connection,
      setNoDelay: () => connection,
      setKeepAlive: () => connection,
      ref: () => connection,
      unref: () => connection,
    });
  }
}
