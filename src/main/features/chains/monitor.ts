import WebSocket from 'ws';

/**
 * Follows a chain's new blocks over its WebSocket: no polling, and its end shows at once. Calls
 * `onNews` for each block and `onEnd` when the connection is over. Answers how to stop following.
 */
export function followChain(url: string, onNews: () => void, onEnd: () => void): () => void {
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  let stopped = false;
  socket.on('open', () => {
    socket.send(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }),
    );
  });
  socket.on('message', () => onNews());
  socket.on('error', () => {
    // 'close' follows, and tells it.
  });
  socket.on('close', () => {
    if (!stopped) onEnd();
  });
  return () => {
    stopped = true;
    socket.terminate();
  };
}
