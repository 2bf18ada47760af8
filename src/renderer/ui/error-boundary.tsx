import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';

/** Limits a crash to one part of the window. Give it a new key to retry. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="p-5">
        <ErrorNotice
          message={`This part of the window failed: ${String(this.state.error)}. Your runs and chains go on. Reload the window; if it fails again, please report it.`}
        >
          <Button size="sm" onClick={() => location.reload()}>
            Reload
          </Button>
        </ErrorNotice>
      </div>
    );
  }
}
