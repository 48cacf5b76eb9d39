import { type Facts, sumFacts } from "../cli/report.ts"

const counts = [
  "reports",
  "imported",
  "duplicates",
  "bot_rows_created",
  "weapon_rows_created",
] as const

/** What an import did with some reports. */
export type ImportCounts = Readonly<Record<(typeof counts)[number], number>>

/** Counts what an import does, file by file, in the order in which the files come. */
export class ImportTally {
  readonly #byFile = new Map<string, ImportCounts>()

  /** Adds to what was counted for a file. */
  add(file: string, more: ImportCounts): void {
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
  get units(): ReadonlyArray<Facts> {
    return [...this.#byFile].map(([file, facts]) => ({ file, ...facts }))
  }

  /** The sums over all files. */
  get total(): Facts {
    return { files: this.#byFile.size, ...sumFacts(this.units, counts) }
  }
}
