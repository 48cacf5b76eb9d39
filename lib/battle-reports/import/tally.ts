import { type Facts, sumFacts } from "../../terminal/report.ts"
import { countNotUnderstood } from "../not-understood.ts"
import type { Candidate } from "./candidates.ts"

const countNames = [
  "reports",
  "imported",
  "duplicates",
  "duplicates_updated",
  "bot_rows_created",
  "weapon_rows_created",
  "unknown_labels",
  "unreadable_values",
  "unreadable_dates",
] as const

type ImportCounts = Readonly<Record<(typeof countNames)[number], number>>

const nothing: ImportCounts = {
  reports: 0,
  imported: 0,
  duplicates: 0,
  duplicates_updated: 0,
  bot_rows_created: 0,
  weapon_rows_created: 0,
  unknown_labels: 0,
  unreadable_values: 0,
  unreadable_dates: 0,
}

/** Counts what an import does, file by file, in the order in which the files come. */
export class ImportTally {
  readonly #byFile = new Map<string, ImportCounts>()

  /** Counts a report that the player does not have yet. */
  addNew({ file, bots, weapons, notUnderstood }: Candidate): void {
    this.#add(file, {
      reports: 1,
      imported: 1,
      bot_rows_created: bots.length,
      weapon_rows_created: weapons.length,
      ...countNotUnderstood(notUnderstood),
    })
  }

  /** Counts a report of a file that the player has already. */
  addDuplicate(file: string): void {
    this.#add(file, { reports: 1, duplicates: 1 })
  }

  /** Counts runs that the player has already and that change their preset or their flag. */
  addUpdated(file: string, runs: number): void {
    this.#add(file, { duplicates_updated: runs })
  }

  #add(file: string, more: Partial<ImportCounts>): void {
    const before = this.#byFile.get(file) ?? nothing
    const sum = countNames.map((name) => [name, before[name] + (more[name] ?? 0)] as const)
    this.#byFile.set(file, { ...before, ...Object.fromEntries(sum) })
  }

  /** One line for each file. */
  get units(): readonly Facts[] {
    return [...this.#byFile].map(([file, facts]) => ({ file, ...facts }))
  }

  /** The sums over all files. */
  get total(): Facts {
    return { files: this.#byFile.size, ...sumFacts(this.units, countNames) }
  }
}
