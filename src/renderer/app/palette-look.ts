/** Where the palette stands, and how it looks. */
export const paletteLook =
  'fixed top-[9vh] left-1/2 z-40 w-[min(620px,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-panel shadow-pop outline-none';

export const paletteFieldLook = {
  row: 'flex h-11 items-center gap-2.5 border-b border-line px-4',
  input: 'h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-dim',
  placeholder: 'Search projects, contracts, runs, commands',
};
