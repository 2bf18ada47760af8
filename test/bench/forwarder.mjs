// node forwarder.mjs <host> <port> <port of its node> [<port> <port of its node>]…
// What a process costs that only forwards.
import http from 'node:http';

const [host, ...ports] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true });

/** @param {string} nodePort */
const forwarding = (nodePort) =>
  http.createServer((request, response) => {
    const { method, url: path, headers } = request;
    const upstream = http.request(
      { host, port: nodePort, agent, method, path, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });

for (let at = 0; at < ports.length; at += 2) {
  await new Promise((resolve) => {
    forwarding(ports[at + 1] ?? '').listen(Number(ports[at]), '127.0.0.1', () => resolve(null));
  });
}
process.stdout.write('ready\n');
