import type { ReportLine } from "./lines/line-collector.ts"
import { type Metric, Metrics } from "./metrics.ts"
import { emptyProgress, type Progress } from "./progress.ts"
import { readBattleDate } from "./values/battle-date.ts"
import { type Decimal, toInteger } from "./values/decimal.ts"
import { readDuration } from "./values/duration.ts"
import { type QuantityKind, readQuantity } from "./values/quantity.ts"
import { readTier } from "./values/tier.ts"
import type {
  FactLine,
  ProgressQuantity,
  QuantityMeaning,
  WeaponRole,
} from "./vocabulary/known-line.ts"
import type { Layout } from "./vocabulary/known-names.ts"
import { sectionSlug, slug } from "./vocabulary/metric-key.ts"
import { meaningIn, type SectionContext, sectionContext } from "./vocabulary/section-meaning.ts"

/** An ultimate weapon a report lists by name. */
export interface ListedWeapon {
  readonly name: string
  readonly role: WeaponRole | null
}

/** What the lines of a report say. */
export interface Reading {
  readonly progress: Progress
  /** The numeric lines by key, in the order of the report. */
  readonly metrics: ReadonlyMap<string, Metric>
  /** The bots listed by name. */
  readonly bots: readonly string[]
  readonly ultimateWeapons: readonly ListedWeapon[]
  /** Magnitude suffixes that are not on the game's number scale, each once. */
  readonly unknownSuffixes: readonly string[]
}

/** The progress fields that are kept as written too. */
const rawFields: Partial<Record<ProgressQuantity, RawField>> = {
  coinsEarned: "coinsEarnedRaw",
  cashEarned: "cashEarnedRaw",
  interestEarned: "interestEarnedRaw",
}

type RawField = "coinsEarnedRaw" | "cashEarnedRaw" | "interestEarnedRaw"

/**
 * Reads what the lines of a report say. The first readable line of a progress field wins; a later
 * one that says something else is kept as a metric, so that nothing readable is lost. `null` if no
 * line has both a label of the tables and a readable value.
 */
export function interpret(lines: readonly ReportLine[], layout: Layout): Reading | null {
  const interpreter = new Interpreter()
  let section: string | null = null
  let context = sectionContext(section, layout)
  for (const line of lines) {
    if (line.section !== section) {
      section = line.section
      context = sectionContext(section, layout)
    }
    if (line.value !== null) interpreter.read(line, line.value, context)
  }
  return interpreter.reading()
}

/** A longer text behind `Killed By` is no enemy. */
const longestEnemy = 100

class Interpreter {
  readonly #progress = emptyProgress()
  readonly #metrics = new Metrics()
  readonly #bots = new Map<string, string>()
  readonly #weapons = new Map<string, ListedWeapon>()
  readonly #unknownSuffixes = new Set<string>()
  #isRecognised = false

  read(line: ReportLine, raw: string, context: SectionContext): void {
    const meaning = line.name === null ? undefined : meaningIn(context, line.name)
    const isKept =
      meaning !== undefined &&
      (meaning.kind === "quantity"
        ? this.#readQuantity(line, raw, meaning)
        : this.#readFact(raw, meaning.line))
    if (!isKept) this.#readUnlisted(line, raw, context)
  }

  reading(): Reading | null {
    if (!this.#isRecognised) return null
    return {
      progress: this.#progress,
      metrics: this.#metrics.byKey,
      bots: [...this.#bots.values()],
      ultimateWeapons: [...this.#weapons.values()],
      unknownSuffixes: [...this.#unknownSuffixes],
    }
  }

  /** Returns false if the line says something that has no place yet. */
  #readQuantity(line: ReportLine, raw: string, meaning: QuantityMeaning): boolean {
    const { progress } = meaning.line
    const value = this.#valueOf(raw, meaning.writing)
    if (progress !== undefined) this.#noteRaw(progress, raw, value)
    if (value === null) return true
    this.#isRecognised = true
    const isPlaced = progress !== undefined && this.#fill(progress, value)
    if (meaning.metricKey === null) return isPlaced
    this.#metrics.keep(meaning.metricKey, line, { value, raw })
    return true
  }

  /** Returns false if the line says something that has no place yet. */
  #readFact(raw: string, known: FactLine): boolean {
    switch (known.unit) {
      case "date":
        return this.#fill("battleDate", readBattleDate(raw))
      case "duration":
        return this.#fill(known.progress, readDuration(raw))
      case "tier":
        return this.#readTier(raw)
      case "wave":
        return this.#fill("wave", this.#wholeNumberOf(raw))
      case "enemy":
        return this.#fill("killedBy", raw.length > longestEnemy ? null : raw)
      case "bots":
        for (const name of listed(raw)) this.#addBot(name)
        return true
      case "weapons":
        for (const name of listed(raw)) this.#addWeapon(name, known.role)
        return true
    }
  }

  #readTier(raw: string): boolean {
    const read = readTier(raw)
    if (read !== null && this.#progress.tier === null)
      this.#progress.tournamentBracket = read.bracket
    return this.#fill("tier", read?.tier ?? null)
  }

  #readUnlisted(line: ReportLine, raw: string, context: SectionContext): void {
    const value = this.#valueOf(raw, null)
    if (value === null) return
    const key = context.ownsLabels ? sectionSlug(line.section, line.label) : slug(line.label)
    this.#metrics.keep(key, line, { value, raw })
  }

  /** Fills an empty progress field. Returns false if it already says something else. */
  #fill<Field extends keyof Progress>(field: Field, value: Progress[Field]): boolean {
    if (value === null) return true
    this.#isRecognised = true
    const earlier = this.#progress[field]
    if (earlier === null) this.#progress[field] = value
    return earlier === null || earlier === value
  }

  #noteRaw(progress: ProgressQuantity, raw: string, value: Decimal | null): void {
    const field = rawFields[progress]
    if (field === undefined) return
    const isFirstReadable = value !== null && this.#progress[progress] === null
    if (this.#progress[field] === null || isFirstReadable) this.#progress[field] = raw
  }

  /** @param writing how the quantity may be written apart from a bare number, `null` for anyhow */
  #valueOf(raw: string, writing: QuantityKind | null): Decimal | null {
    const quantity = readQuantity(raw)
    if (quantity._tag === "Value") {
      const { kind, value } = quantity
      return kind === "plain" || kind === writing || writing === null ? value : null
    }
    if (quantity._tag === "UnknownMagnitude" && readDuration(raw) === null) {
      this.#unknownSuffixes.add(quantity.suffix)
    }
    return null
  }

  #wholeNumberOf(raw: string): number | null {
    const value = this.#valueOf(raw, "plain")
    return value === null ? null : toInteger(value)
  }

  #addBot(name: string): void {
    const key = name.toLowerCase()
    if (!this.#bots.has(key)) this.#bots.set(key, name)
  }

  #addWeapon(name: string, role: WeaponRole | null): void {
    const key = name.toLowerCase()
    if ((this.#weapons.get(key)?.role ?? null) === null) this.#weapons.set(key, { name, role })
  }
}

/** The entries of a comma-separated list. */
function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
}
