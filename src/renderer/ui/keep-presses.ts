/** How far a hand may move the pointer between press and release, px. */
const STEADY_PX = 6;

const controls = 'button, a[href], label, summary, input[type="checkbox"], input[type="radio"]';

interface Press {
  control: HTMLElement;
  x: number;
  y: number;
}

const near = (press: Press, { clientX, clientY }: PointerEvent): boolean =>
  Math.hypot(clientX - press.x, clientY - press.y) <= STEADY_PX;

function isUnder(control: HTMLElement, { target, clientX, clientY }: PointerEvent): boolean {
  if (target instanceof Node && control.contains(target)) return true;
  const { left, right, top, bottom } = control.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

/**
 * Lets a press on a control count when the control moves away between press and release, because
 * something above it was loaded: a browser clicks nothing then. Moving the pointer away before the
 * release cancels a press, as ever.
 */
export function keepPresses(): void {
  let press: Press | null = null;
  const begin = (event: PointerEvent) => {
    const control =
      event.target instanceof Element && event.isPrimary && event.button === 0
        ? event.target.closest<HTMLElement>(controls)
        : null;
    press = control && { control, x: event.clientX, y: event.clientY };
  };
  const end = (event: PointerEvent) => {
    const pressed = press;
    press = null;
    if (pressed?.control.isConnected && near(pressed, event) && !isUnder(pressed.control, event)) {
      pressed.control.click();
    }
  };
  const cancel = () => {
    press = null;
  };
  window.addEventListener('pointerdown', begin, true);
  window.addEventListener('pointerup', end, true);
  window.addEventListener('pointercancel', cancel, true);
}
