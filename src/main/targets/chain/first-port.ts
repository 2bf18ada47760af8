const USUAL_PORT = 8545;

/** Where a chain listens first, and from which on a port is looked for: `DRYDOCK_CHAIN_PORT`. */
export function firstChainPort(env: NodeJS.ProcessEnv = process.env): number {
  const port = Number(env.DRYDOCK_CHAIN_PORT);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : USUAL_PORT;
}
