import * as Command from "effect/cli/Command"
import { ImportSizes } from "../../lib/battle-reports/import/submissions.ts"
import { runCommand } from "../../lib/command/run-command.ts"
import { command } from "../../scripts/import-battle-reports.ts"

/** The sizes of the import below. */
export const sizes: ImportSizes = { whole: 0, batch: 75 }

// The command, with an import of a few reports committed as one of thousands is.
if (import.meta.main) runCommand(command.pipe(Command.provideSync(ImportSizes, sizes)))
