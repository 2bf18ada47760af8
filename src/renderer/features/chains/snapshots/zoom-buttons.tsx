import { ZoomIn, ZoomOut } from 'lucide-react';
import { ariaKeys } from '../../../core/keys/key-words.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useZoom, type Zoom, zoomed, zoomTo } from './timeline-zoom.ts';

/** How near the timeline is looked at: by buttons, and by + and −. */
export function ZoomButtons() {
  const zoom = useZoom((state) => state.zoom);
  const to = (step: 1 | -1) => () => zoomTo(zoomed(zoom, step));
  useKey(keys.zoomIn, to(1));
  useKey(keys.zoomOut, to(-1));
  const isAt = (end: Zoom) => zoom === end;
  return (
    <>
      <IconButton
        label={keys.zoomOut.title}
        icon={<ZoomOut size={15} />}
        aria-keyshortcuts={ariaKeys(keys.zoomOut)}
        disabled={isAt('marks')}
        onClick={to(-1)}
      />
      <IconButton
        label={keys.zoomIn.title}
        icon={<ZoomIn size={15} />}
        aria-keyshortcuts={ariaKeys(keys.zoomIn)}
        disabled={isAt('details')}
        onClick={to(1)}
      />
    </>
  );
}
