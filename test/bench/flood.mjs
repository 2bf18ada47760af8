// node flood.mjs <port> <callers>: calls a chain until it is ended.
import http from 'node:http';

const [port, callers] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] });
const headers = { 'content-type': 'application/json', 'content-length': body.length };

function call() {
  http
    .request({ host: '127.0.0.1', port, agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', call);
    })
    // A node takes not all connections that come at once.
    .once('error', () => setImmediate(call))
    .end(body);
}

for (let at = 0; at < (callers ?? 0); at++) call();
setTimeout(() => process.stdout.write('ready\n'), 500);
