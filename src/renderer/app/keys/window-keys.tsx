import { useEffect, useLayoutEffect } from 'react';
import { useLocation } from 'wouter';
import { useInView } from '../../core/in-view.ts';
import { listenToKeys } from '../../core/keys/key-bindings.ts';
import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { projectPath, settingsPath } from '../../core/paths.ts';
import { laterPart } from '../../ui/lazy-part.tsx';
import { setPalette, usePalette } from '../palette-state.ts';
import { goBack, leaveField } from './go-back.ts';
import { GoKeys } from './go-keys.tsx';
import { openSheet } from './key-sheet-state.ts';
import { loadRows, loadRowsWithFocus } from './load-rows.ts';

const KeySheet = laterPart(async () => (await import('./key-sheet.tsx')).KeySheet);

const asFallback = { isFallback: true };

/** The keys that mean the same on every page. */
export function WindowKeys() {
  const [location, navigate] = useLocation();
  const { project } = useInView();
  useLayoutEffect(listenToKeys, []);
  useEffect(leaveField, []);
  useEffect(loadRowsWithFocus, []);
  useKey(keys.palette, () => setPalette(!usePalette.getState().open));
  useKey(keys.settings, () => location !== settingsPath && navigate(settingsPath));
  useKey(keys.sheet, openSheet);
  useKey(keys.search, search, asFallback);
  useKey(keys.back, goBack, asFallback);
  useKey(keys.nextRow, () => void loadRows().then((focusRow) => focusRow(1)), asFallback);
  useKey(keys.previousRow, () => void loadRows().then((focusRow) => focusRow(-1)), asFallback);
  useKey(keys.goToProject, () => project && navigate(projectPath(project.id)), {
    enabled: project !== null,
  });
  return (
    <>
      <GoKeys />
      <KeySheet />
    </>
  );
}

/** The field of the page that searches it, otherwise the palette. */
function search(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (field?.checkVisibility()) field.focus();
  else setPalette(true);
}
