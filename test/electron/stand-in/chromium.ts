import { type BrowserContext, chromium } from 'playwright-core';

let context: BrowserContext | undefined;

/** Opens the Chromium that shows this app's windows. The test watches it on the port it gives. */
export async function openChromium(profile: string): Promise<void> {
  const { CHROMIUM_PATH, STAND_IN_DEBUG_PORT } = process.env;
  context = await chromium.launchPersistentContext(profile, {
    ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}),
    viewport: { width: 1440, height: 900 },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      `--remote-debugging-port=${STAND_IN_DEBUG_PORT}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
    ],
  });
}

export function currentContext(): BrowserContext {
  if (!context) throw new Error('nothing can be shown before the app is ready');
  return context;
}

export async function closeChromium(): Promise<void> {
  await context?.close().catch(() => undefined);
}
