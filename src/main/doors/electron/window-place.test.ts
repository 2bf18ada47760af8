import { expect, test } from 'vitest';
import { placeOf } from './window-place.ts';

const laptop = { id: 1, workArea: { x: 0, y: 25, width: 1440, height: 875 } };
const desk = { id: 2, workArea: { x: 1440, y: 0, width: 2560, height: 1400 } };
const onDesk = { x: 1600, y: 100, width: 1800, height: 1000 };

test('a window comes back where it was', () => {
  const saved = { bounds: onDesk, display: desk };
  expect(placeOf(saved, [laptop, desk], laptop)).toEqual(onDesk);
});

test('it follows its display to the other side of the desk', () => {
  const moved = { id: 2, workArea: { x: -2560, y: -200, width: 2560, height: 1400 } };
  expect(placeOf({ bounds: onDesk, display: desk }, [laptop, moved], laptop)).toEqual({
    ...onDesk,
    x: -2400,
    y: -100,
  });
});

test('when its display is gone it stands in the middle of the primary one, as large as fits', () => {
  expect(placeOf({ bounds: onDesk, display: desk }, [laptop], laptop)).toEqual(laptop.workArea);
  const small = { x: 2000, y: 100, width: 1000, height: 700 };
  expect(placeOf({ bounds: small, display: desk }, [laptop], laptop)).toEqual({
    x: 220,
    y: 113,
    width: 1000,
    height: 700,
  });
});

test('what lay off the screen is brought back onto it', () => {
  const size = { width: 1000, height: 700 };
  const at = (x: number, y: number) =>
    placeOf({ bounds: { x, y, ...size }, display: laptop }, [laptop, desk], laptop);
  expect(at(-400, -300)).toEqual({ x: 0, y: 25, ...size });
  expect(at(1300, 800)).toEqual({ x: 440, y: 200, ...size });
});

test('a place whose display was not noted is on the display that it covers most, or on none', () => {
  expect(placeOf({ bounds: onDesk, display: null }, [laptop, desk], laptop)).toEqual(onDesk);
  const nowhere = { x: 9000, y: 0, width: 800, height: 600 };
  expect(placeOf({ bounds: nowhere, display: null }, [laptop, desk], laptop)).toEqual({
    x: 320,
    y: 163,
    width: 800,
    height: 600,
  });
});
