import { app, powerMonitor } from 'electron';
import type { Logger } from 'pino';
import type { Client } from '../host/connect-to.ts';
import { saveChains } from './chain-saving.ts';

/** Saves the chains before the machine sleeps, and ends the app well before it shuts down. */
export function followPower(client: () => Client | undefined, logger: Logger): void {
  const save = () => {
    const current = client();
    if (current) void saveChains(current, logger);
  };
  powerMonitor.on('suspend', save);
  // Not in Electron's types: the listener gets an event, and delays the shutdown by it.
  const shutDown = (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  };
  powerMonitor.on('shutdown', shutDown);
  // Windows tells its end to windows only.
  app.on('browser-window-created', (_event, window) => {
    window.on('session-end', save);
  });
}
