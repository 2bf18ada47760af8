/**
 * What a sandboxed preload finds: `require('electron')` with `ipcRenderer`, in a world of its own
 * beside the page's. Runs there, with the preload's source; ports are real ones, whose other ends
 * are tied to the main process by `standInSend` and `standInDeliver`.
 */
export function preloadHost(preload: string): string {
  const droppedFrom = JSON.stringify(process.env.STAND_IN_FILES ?? '');
  return `(${host.toString()})(${droppedFrom}, (require, module, exports) => {${preload}\n});`;
}

interface Incoming {
  kind: 'message' | 'port' | 'close';
  channel: string;
  message: unknown;
  ports: number[];
  port: number;
  data: unknown;
}

type PreloadScope = typeof globalThis & {
  standInSend(text: string): void;
  standInDeliver(text: string): void;
};

function host(
  droppedFrom: string,
  preload: (require: (id: string) => unknown, module: object, exports: object) => void,
) {
  // Frames within a page get no preload.
  if (window.top !== window) return;
  const scope = globalThis as PreloadScope;
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const ports = new Map<number, MessagePort>();
  const send = (message: object) => scope.standInSend(JSON.stringify(message));

  const pack = (data: unknown) =>
    typeof data === 'string' ? data : { bytes: Array.from(data as Uint8Array) };
  const unpack = (data: unknown) =>
    typeof data === 'string' ? data : new Uint8Array((data as { bytes: number[] }).bytes);

  const openPort = (id: number) => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = (event) => send({ kind: 'port', port: id, data: pack(event.data) });
    port1.addEventListener('close', () => send({ kind: 'close', port: id }));
    return port2;
  };

  const ipcRenderer = {
    on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]) => send({ kind: 'ipc', channel, args }),
  };

  const webUtils = {
    // Only Electron knows; files that a test drops lie in its folder.
    getPathForFile: (file: File) => `${droppedFrom}/${file.name}`,
  };

  scope.standInDeliver = (text) => {
    const incoming: Incoming = JSON.parse(text);
    if (incoming.kind === 'message') {
      const event = { sender: ipcRenderer, ports: incoming.ports.map(openPort) };
      for (const listener of listeners.get(incoming.channel) ?? [])
        listener(event, incoming.message);
    } else if (incoming.kind === 'port') {
      ports.get(incoming.port)?.postMessage(unpack(incoming.data));
    } else {
      ports.get(incoming.port)?.close();
    }
  };

  const require = (id: string) => {
    if (id === 'electron') return { ipcRenderer, webUtils };
    throw new Error(`a sandboxed preload can't load ${id}`);
  };
  preload(require, { exports: {} }, {});
}
