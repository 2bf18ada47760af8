import { stat } from 'node:fs/promises';
import path from 'node:path';
import { dialog } from 'electron';
import type { Logger } from 'pino';
import { addPage } from './address.ts';
import { type DeepLink, parseLink } from './deep-link.ts';
import type { MainWindow } from './main-window.ts';
import type { OpenRequest } from './start-arguments.ts';

/**
 * Opens what starts of the app, links and the system ask for. What comes before the window can be
 * opened waits. A link is shown only once the user has said so.
 */
export class OpenRequests {
  readonly #logger: Logger;
  readonly #waiting: OpenRequest[] = [];
  #window: MainWindow | undefined;
  #isAsking = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(request: OpenRequest): void {
    if (this.#window) this.#follow(request, this.#window);
    // A person opens one thing at a time; a program that asks for more is told nothing.
    else if (this.#waiting.length === 0) this.#waiting.push(request);
  }

  /** Shows the window, and follows what came before it. */
  begin(window: MainWindow): void {
    this.#window = window;
    const [first] = this.#waiting.splice(0);
    if (first) this.#follow(first, window);
    else window.show();
  }

  #follow(request: OpenRequest, window: MainWindow): void {
    window.show();
    const opened =
      'link' in request ? this.#link(request.link, window) : addFolder(request, window);
    opened.catch((error: unknown) => {
      this.#logger.warn({ err: error }, 'what was asked to be opened could not be');
    });
  }

  /** One question at a time: links that come meanwhile are dropped, so that none can flood. */
  async #link(text: string, window: MainWindow): Promise<void> {
    const link = parseLink(text);
    if (!link || this.#isAsking) {
      this.#logger.warn({ understood: link !== null }, 'a link was not followed');
      return;
    }
    this.#isAsking = true;
    try {
      if (await isWanted(link, window)) window.show(pageOf(link));
    } finally {
      this.#isAsking = false;
    }
  }
}

const pageOf = (link: DeepLink): string =>
  link.show === 'add' ? addPage(link.folder) : `/${link.show}s/${link.id}`;

async function isWanted(link: DeepLink, window: MainWindow): Promise<boolean> {
  const question =
    link.show === 'add'
      ? `Add the folder ${link.folder} to Drydock?`
      : `Show ${link.show} ${link.id} in Drydock?`;
  const options = {
    type: 'question' as const,
    message: question,
    detail: 'A link from outside of Drydock asks for this.',
    buttons: [link.show === 'add' ? 'Look at it' : 'Show it', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { current } = window;
  const { response } = await (current
    ? dialog.showMessageBox(current, options)
    : dialog.showMessageBox(options));
  return response === 0;
}

/** Opens the dialog that adds it: for a file, the folder that it lies in. */
async function addFolder({ folder }: { folder: string }, window: MainWindow): Promise<void> {
  const found = await stat(folder).catch(() => null);
  window.show(addPage(found?.isFile() ? path.dirname(folder) : folder));
}
