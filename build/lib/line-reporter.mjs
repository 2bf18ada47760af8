// Vitest's usual reporter without the summary that it redraws below: another runner writes to the
// same terminal.
import { DefaultReporter } from 'vitest/node';

export default class LineReporter extends DefaultReporter {
  constructor() {
    super({ summary: false });
  }
}
