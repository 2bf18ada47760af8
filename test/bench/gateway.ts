import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { startBareChain } from './bare.ts';
import { type Figure, plainFigure, ratioFigure, round } from './figure.ts';
import { interleave, median } from './samples.ts';

const MOST_ADDED = 1.3;
const LEAST_THROUGHPUT = 0.75;
const MOST_OVER_MB = 40;
const MOST_FLOODED = 1.5;
const CALLERS = 50;
const FLOODERS = 200;
const FLOODS = 7;
const FLOODED_CALLS = 200;

/** What the gateway costs: against a forwarder of twenty lines, and against no one between. */
export async function gatewayFigures(rounds: number, calls: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const nodePort = await freePort();
  const otherPort = await freePort();
  const node = await startBareChain(path.join(folder.path, 'one'), nodePort);
  const other = await startBareChain(path.join(folder.path, 'two'), otherPort);
  const forwarder = await startForwarder([nodePort, otherPort]);
  const otherForwarder = await startForwarder([otherPort]);
  const gateway = await startGateway(folder.path, { one: nodePort, two: otherPort });
  try {
    const [one = 0, two = 0] = gateway.ports;
    const [plain = 0] = forwarder.ports;
    const [plainOther = 0] = otherForwarder.ports;
    const ways = { bare: nodePort, forwarder: plain, gateway: one };
    const alone: Record<keyof typeof ways, number[]> = { bare: [], forwarder: [], gateway: [] };
    const many: Record<keyof typeof ways, number[]> = { bare: [], forwarder: [], gateway: [] };
    const names = Object.keys(ways) as (keyof typeof ways)[];
    for (const name of names) await callsPerSecond(ways[name], CALLERS, calls);
    for (let at = 0; at < rounds; at++) {
      // Each is first, second and third in turn.
      for (const name of [...names.slice(at % 3), ...names.slice(0, at % 3)]) {
        alone[name].push(await medianCall(ways[name], calls / 5));
        many[name].push(await callsPerSecond(ways[name], CALLERS, calls));
      }
    }
    const memory = { gateway: rssMb(gateway.child), forwarder: rssMb(forwarder.child) };
    const flooded = await interleave(
      FLOODS,
      () => whileFlooded(one, () => medianCall(two, FLOODED_CALLS)),
      () => whileFlooded(plain, () => medianCall(plainOther, FLOODED_CALLS)),
    );
    return [
      addedFigure(alone),
      throughputFigure(many),
      plainFigure(
        `gateway: memory over the forwarder (${round(memory.gateway)} and ${round(memory.forwarder)} MB)`,
        memory.gateway - memory.forwarder,
        'MB',
        MOST_OVER_MB,
      ),
      ratioFigure(
        `gateway: a call while ${FLOODERS} callers flood another chain; a plain forwarder for each`,
        MOST_FLOODED,
        flooded,
      ),
    ];
  } finally {
    for (const { child } of [gateway, forwarder, otherForwarder]) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    await node.stop();
    await other.stop();
  }
}

function addedFigure(alone: Record<'bare' | 'forwarder' | 'gateway', number[]>): Figure {
  const [bare, forwarder, gateway] = [alone.bare, alone.forwarder, alone.gateway].map(median) as [
    number,
    number,
    number,
  ];
  const ratio = (gateway - bare) / (forwarder - bare);
  return {
    name: 'gateway: added to a call of one caller; a plain forwarder',
    target: `≤ ${MOST_ADDED} ×`,
    measured: `${ratio.toFixed(2)} × (${round(gateway - bare, 3)} of ${round(forwarder - bare, 3)} ms)`,
    met: ratio <= MOST_ADDED,
    details: { ratio: round(ratio, 3), bare, forwarder, gateway },
  };
}

function throughputFigure(many: Record<'bare' | 'forwarder' | 'gateway', number[]>): Figure {
  const [bare, forwarder, gateway] = [many.bare, many.forwarder, many.gateway].map(median) as [
    number,
    number,
    number,
  ];
  const ratio = gateway / forwarder;
  return {
    name: `gateway: calls per second of ${CALLERS} callers; a plain forwarder`,
    target: `≥ ${LEAST_THROUGHPUT} ×`,
    measured: `${ratio.toFixed(2)} × (${round(gateway, 0)} of ${round(forwarder, 0)}; ${round(bare, 0)} bare)`,
    met: ratio >= LEAST_THROUGHPUT,
    details: { ratio: round(ratio, 3), bare, forwarder, gateway },
  };
}

async function startForwarder(nodePorts: readonly number[]) {
  const ports: number[] = [];
  for (const _ of nodePorts) ports.push(await freePort());
  const script = path.join(appRoot(), 'test', 'bench', 'forwarder.mjs');
  const pairs = nodePorts.flatMap((nodePort, at) => [`${ports[at]}`, `${nodePort}`]);
  const child = spawn(process.execPath, [script, '127.0.0.1', ...pairs], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return { child, ports };
}

/** The built one. */
async function startGateway(home: string, nodes: Record<string, number>) {
  const program = path.join(appRoot(), 'out', 'main', 'gateway.js');
  const child = spawn(process.execPath, [program, home], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const client = new GatewayClient(home);
  while (!(await client.status().catch(() => null))) await new Promise(setImmediate);
  const ports: number[] = [];
  for (const [name, nodePort] of Object.entries(nodes)) {
    const port = await freePort();
    await client.putChain(name, { port, backend: `http://127.0.0.1:${nodePort}`, chainId: 31337 });
    ports.push(port);
  }
  return { child, ports };
}

const BODY = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] });

function call(port: number, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': BODY.length };
    const request = http.request(
      { host: '127.0.0.1', port, agent, method: 'POST', headers },
      (response) => {
        response.resume();
        response.once('end', resolve).once('error', reject);
      },
    );
    request.once('error', reject);
    request.end(BODY);
  });
}

async function withAgent<T>(callers: number, work: (agent: http.Agent) => Promise<T>): Promise<T> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  try {
    return await work(agent);
  } finally {
    agent.destroy();
  }
}

function medianCall(port: number, calls: number): Promise<number> {
  return withAgent(1, async (agent) => {
    const taken: number[] = [];
    for (let done = 0; done < calls; done++) {
      const before = performance.now();
      await call(port, agent);
      taken.push(performance.now() - before);
    }
    return median(taken);
  });
}

function callsPerSecond(port: number, callers: number, calls: number): Promise<number> {
  return withAgent(callers, async (agent) => {
    const before = performance.now();
    let left = calls;
    const one = async () => {
      while (left-- > 0) await call(port, agent);
    };
    await Promise.all(Array.from({ length: callers }, one));
    return calls / ((performance.now() - before) / 1000);
  });
}

/** The flood comes from a process of its own: this one is what measures. */
async function whileFlooded<T>(port: number, work: () => Promise<T>): Promise<T> {
  const script = path.join(appRoot(), 'test', 'bench', 'flood.mjs');
  const child = spawn(process.execPath, [script, `${port}`, `${FLOODERS}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  try {
    return await work();
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}

/** Source: proc(5). NaN where there is none. */
function rssMb({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN;
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}
