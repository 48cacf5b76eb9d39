import { type Outcome, sumFacts } from "../../terminal/report.ts"
import { addCounts } from "../counts.ts"
import { countNotUnderstood, NotUnderstoodTally } from "../not-understood.ts"
import type { ImportedBatch } from "./import-batch.ts"

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
  readonly notUnderstood = new NotUnderstoodTally()
  readonly #byFile = new Map<string, ImportCounts>()
  #playersCreated = 0
  #presetsCreated = 0
  #suffixesNoted = 0

  addBatch({ added, duplicates, filed, ...batch }: ImportedBatch): void {
    for (const report of added) {
      this.notUnderstood.add(report)
      this.#add(report.file, {
        reports: 1,
        imported: 1,
        bot_rows_created: report.bots.length,
        weapon_rows_created: report.weapons.length,
        ...countNotUnderstood(report.notUnderstood),
      })
    }
    for (const { file } of duplicates) this.#add(file, { reports: 1, duplicates: 1 })
    for (const [file, runs] of filed) this.#add(file, { duplicates_updated: runs })
    // Nothing is created twice, though a check says so of each batch.
    this.#playersCreated = Math.max(this.#playersCreated, batch.playersCreated)
    this.#presetsCreated = Math.max(this.#presetsCreated, batch.presetsCreated)
    this.addNoted(batch.suffixesNoted)
  }

  /** Counts number suffixes that were noted for the first time. */
  addNoted(suffixes: number): void {
    this.#suffixesNoted += suffixes
  }

  /** How many reports were imported. */
  get imported(): number {
    return this.#byFile.values().reduce((sum, { imported }) => sum + imported, 0)
  }

  #add(file: string, more: Partial<ImportCounts>): void {
    const before = this.#byFile.get(file) ?? nothing
    this.#byFile.set(file, addCounts(before, more))
  }

  /** One line for each file, the sums over all of them, and how many rows that changes. */
  get outcome(): Outcome {
    const files = [...this.#byFile].map(([file, counts]) => ({ file, ...counts }))
    const total = sumFacts(files, countNames)
    const runs = Number(total.imported) + Number(total.duplicates_updated)
    const created = this.#playersCreated + this.#presetsCreated
    return {
      units: [...files, ...this.notUnderstood.units],
      total: {
        files: files.length,
        ...total,
        players_created: this.#playersCreated,
        presets_created: this.#presetsCreated,
      },
      changes: runs + created + this.#suffixesNoted,
    }
  }
}
