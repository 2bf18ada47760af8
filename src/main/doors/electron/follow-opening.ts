import { app } from 'electron';
import type { Logger } from 'pino';
import type { MainWindow } from './main-window.ts';
import { OpenRequests } from './open-requests.ts';
import { type HandedOver, handedOver, openRequest } from './start-arguments.ts';

/** Follows what this start, later ones, links and the system's file manager ask to be opened. */
export function followOpening(logger: Logger, window: MainWindow, asked: HandedOver): OpenRequests {
  const requests = new OpenRequests(logger);
  const add = (start: HandedOver) => {
    const request = openRequest(start);
    if (request) requests.add(request);
  };
  add(asked);
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    if (window.current) window.show();
    const start = handedOver.safeParse(data);
    if (start.success) add(start.data);
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    requests.add({ link });
  });
  app.on('open-file', (event, folder) => {
    event.preventDefault();
    requests.add({ folder });
  });
  return requests;
}
