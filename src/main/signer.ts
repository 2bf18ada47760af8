import { serveKey } from './signer/main.ts';

// signer.js: see signer/control/protocol.ts for what it is told on its standard input.
await serveKey(process.stdin, process.stdout);
process.exit();
