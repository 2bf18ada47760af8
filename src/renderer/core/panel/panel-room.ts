import { create } from 'zustand';
import { persist } from 'zustand/middleware';

type Room = 'open' | 'collapsed' | 'maximised';

/** How much of the window the terminal panel takes, while it has a tab. Remembered in this browser. */
export const usePanelRoom = create<{ room: Room }>()(
  persist((): { room: Room } => ({ room: 'open' }), { name: 'drydock.terminal-room', version: 1 }),
);

export function setRoom(room: Room): void {
  usePanelRoom.setState({ room });
}

/** Opens the panel where only its bar is shown. */
export function openRoom(): void {
  usePanelRoom.setState(({ room }) => ({ room: room === 'collapsed' ? 'open' : room }));
}

export function toggleRoom(): void {
  usePanelRoom.setState(({ room }) => ({ room: room === 'collapsed' ? 'open' : 'collapsed' }));
}

export function toggleMaximised(): void {
  usePanelRoom.setState(({ room }) => ({ room: room === 'maximised' ? 'open' : 'maximised' }));
}
