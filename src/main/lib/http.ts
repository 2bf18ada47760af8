/**
 * Node's `http`, without an `import`: an ES import reads all of its exports, and reading its
 * `WebSocket` loads undici, which takes longer than a whole command.
 */
export const http = process.getBuiltinModule('node:http');
