import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { closeQuestion, useQuestion } from './question.ts';

/** Asks before something is taken away; Enter goes on, Esc leaves everything as it is. */
export function QuestionDialog() {
  const asked = useQuestion((state) => state.asked);
  return (
    <Dialog title={asked?.title ?? ''} open={asked !== null} onClose={closeQuestion}>
      {asked && (
        <>
          <p className="text-sm">{asked.text}</p>
          <DialogActions>
            <Button onClick={closeQuestion}>Cancel</Button>
            <Button
              variant="danger"
              // The question was opened on purpose: its answer is one key away.
              autoFocus
              onClick={() => {
                closeQuestion();
                asked.act();
              }}
            >
              {asked.confirm}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
