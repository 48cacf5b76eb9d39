import { type Facts, sumFacts } from "../terminal/report.ts"
import type { NewReport } from "./store-reports.ts"

const counts = [
  "reports",
  "imported",
  "duplicates",
  "bot_rows_created",
  "weapon_rows_created",
] as const

type ImportCounts = Readonly<Record<(typeof counts)[number], number>>

const duplicate: ImportCounts = {
  reports: 1,
  imported: 0,
  duplicates: 1,
  bot_rows_created: 0,
  weapon_rows_created: 0,
}

/** Counts what an import does, file by file, in the order in which the files come. */
export class ImportTally {
  readonly #byFile = new Map<string, ImportCounts>()

  /** Counts a report that the player does not have yet. */
  addNew({ file, bots, weapons }: NewReport): void {
    this.#add(file, {
      reports: 1,
      imported: 1,
      duplicates: 0,
      bot_rows_created: bots.length,
      weapon_rows_created: weapons.length,
    })
  }

  /** Counts a report of a file that the player has already. */
  addDuplicate(file: string): void {
    this.#add(file, duplicate)
  }

  #add(file: string, more: ImportCounts): void {
    const before = this.#byFile.get(file)
    const sum =
      before === undefined
        ? more
        : {
            reports: before.reports + more.reports,
            imported: before.imported + more.imported,
            duplicates: before.duplicates + more.duplicates,
            bot_rows_created: before.bot_rows_created + more.bot_rows_created,
            weapon_rows_created: before.weapon_rows_created + more.weapon_rows_created,
          }
    this.#byFile.set(file, sum)
  }

  /** One line for each file. */
  get units(): readonly Facts[] {
    return [...this.#byFile].map(([file, facts]) => ({ file, ...facts }))
  }

  /** The sums over all files. */
  get total(): Facts {
    return { files: this.#byFile.size, ...sumFacts(this.units, counts) }
  }
}
