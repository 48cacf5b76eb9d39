import * as Result from "effect/Result"
import type { ReportLine } from "./lines/line-collector.ts"
import { type Metric, Metrics } from "./metrics.ts"
import { emptySummary, type Summary } from "./summary.ts"
import { withoutAnnotation } from "./values/annotation.ts"
import { readBattleDate } from "./values/battle-date.ts"
import { type Decimal, toInteger } from "./values/decimal.ts"
import { hasDecimalCommas, withDecimalPoint } from "./values/decimal-sign.ts"
import { readDuration } from "./values/duration.ts"
import { type QuantityKind, readQuantity } from "./values/quantity.ts"
import { readTier } from "./values/tier.ts"
import type {
  FactLine,
  QuantityMeaning,
  SummaryQuantity,
  WeaponRole,
} from "./vocabulary/known-line.ts"
import type { Layout } from "./vocabulary/known-names.ts"
import { sectionSlug, slug } from "./vocabulary/metric-key.ts"
import { meaningIn, type SectionContext, sectionContext } from "./vocabulary/section-meaning.ts"
import { startsNumber } from "./vocabulary/value-shape.ts"

/** An ultimate weapon a report lists by name; one that it lists in both roles is there twice. */
export interface ListedWeapon {
  readonly name: string
  readonly role: WeaponRole | null
}

/** A line as written: its label, with its section where labels need one, and its value. */
export type WrittenLine = readonly [label: string, value: string]

/** What a report says that the reader does not understand. None of it is ever guessed. */
export interface NotUnderstood {
  /**
   * Lines with a number that no table knows in their place, and those that say once more what another
   * line has said. Those with a quantity are metrics too.
   */
  readonly labels: readonly WrittenLine[]
  /** Lines that the tables know, with a value that cannot be read. */
  readonly values: readonly WrittenLine[]
  /** A battle date that cannot be read. */
  readonly date: string | null
}

/** What the lines of a report say. */
export interface Reading {
  readonly summary: Summary
  /** The numeric lines by key, in the order of the report. */
  readonly metrics: ReadonlyMap<string, Metric>
  /** The bots listed by name. */
  readonly bots: readonly string[]
  readonly ultimateWeapons: readonly ListedWeapon[]
  /** Magnitude suffixes that are not on the game's number scale, each once. */
  readonly unknownSuffixes: readonly string[]
  readonly notUnderstood: NotUnderstood
  /** How many lines have a number as their value, understood or not; a date is none. */
  readonly numericLines: number
}

/** Why lines are no reading: nothing in them is known, or one of them is of a second run. */
export type NoReading = "no readable line" | { readonly secondRun: ReportLine }

/** The summary's fields that are kept as written too. */
const rawFields: Partial<Record<SummaryQuantity, RawField>> = {
  coinsEarned: "coinsEarnedRaw",
  cashEarned: "cashEarnedRaw",
  interestEarned: "interestEarnedRaw",
}

type RawField = "coinsEarnedRaw" | "cashEarnedRaw" | "interestEarnedRaw"

/** The fields of the lines that every run begins with. */
const firstFields: ReadonlySet<keyof Summary> = new Set([
  "battleDate",
  "gameTimeSeconds",
  "realTimeSeconds",
  "tier",
  "wave",
])

/** So many of them with a second value are the beginning of a second run. */
const fieldsOfSecondRun = 2

/** How the device that wrote a report was set. */
export interface DeviceSettings {
  /** IANA name of the zone whose wall clock the battle date shows. */
  readonly timeZone: string
  /** Whether the report may have numbers with a decimal comma. */
  readonly mayHaveDecimalCommas: boolean
  /** Whether all letters of the report are of one case, so that `q` cannot be told from `Q`. */
  readonly hasLostCase: boolean
  /** Whether values may have an annotation in brackets. */
  readonly hasAnnotations: boolean
}

/**
 * How much of a report is read: all of it, or for a verdict only what tells whether it is a report of
 * one run.
 */
export type Thoroughness = "all" | "verdict"

/**
 * Reads what the lines of a report say. The first readable line of a field of the summary wins; a
 * later one that says something else is kept as a metric, so that nothing readable is lost. Fails if
 * no line has both a label of the tables and a readable value, or if two runs begin.
 */
export function interpret(
  lines: readonly ReportLine[],
  layout: Layout,
  settings: DeviceSettings,
  thoroughness: Thoroughness,
): Result.Result<Reading, NoReading> {
  const decimalCommas = settings.mayHaveDecimalCommas && hasDecimalCommas(numbersOf(lines))
  const interpreter = new Interpreter(settings, decimalCommas, thoroughness === "verdict")
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

/** The values that hold numbers; the comma of a date is no decimal sign. */
function* numbersOf(lines: readonly ReportLine[]): Iterable<string> {
  for (const { value, name } of lines) {
    if (value !== null && name?.shape !== "date" && startsNumber(value, 0)) yield value
  }
}

/** What an enemy may be called: words, and nothing that sets a value off its label. */
const enemy = /^\p{L}[\p{L}\p{N} '’()&-]{0,99}$/u

/** A number whose magnitude is another one in the other case. */
const doubtfulMagnitude = /\d[qs]$/i

class Interpreter {
  readonly #timeZone: string
  readonly #hasLostCase: boolean
  readonly #hasAnnotations: boolean
  readonly #decimalCommas: boolean
  readonly #isVerdict: boolean
  readonly #summary = emptySummary()
  readonly #metrics = new Metrics()
  readonly #bots = new Map<string, string>()
  readonly #weapons = new Map<string, ListedWeapon>()
  readonly #unknownSuffixes = new Set<string>()
  readonly #unknownLabels: WrittenLine[] = []
  readonly #unreadableValues: WrittenLine[] = []
  readonly #contradictions = new Map<keyof Summary, ReportLine>()
  #unreadableDate: string | null = null
  #numericLines = 0
  #isRecognised = false

  constructor(
    { timeZone, hasLostCase, hasAnnotations }: DeviceSettings,
    decimalCommas: boolean,
    isVerdict: boolean,
  ) {
    this.#timeZone = timeZone
    this.#hasLostCase = hasLostCase
    this.#hasAnnotations = hasAnnotations
    this.#decimalCommas = decimalCommas
    this.#isVerdict = isVerdict
  }

  read(line: ReportLine, raw: string, context: SectionContext): void {
    const meaning = line.name === null ? undefined : meaningIn(context, line.name)
    // Facts alone can contradict each other, as those of two runs do.
    if (this.#isVerdict && this.#isRecognised && meaning?.kind !== "fact") return
    const value = this.#hasAnnotations ? withoutAnnotation(raw) : raw
    const isNumeric = line.name?.shape !== "date" && startsNumber(value, 0)
    if (isNumeric) this.#numericLines++
    if (meaning === undefined) {
      if (isNumeric || /\p{N}/u.test(value))
        this.#unknownLabels.push(writtenLine(line, raw, context))
      this.#keepUnlisted(line, raw, value, context)
      return
    }
    const isPlaced =
      meaning.kind === "quantity"
        ? this.#readQuantity(line, raw, value, meaning, context)
        : this.#readFact(line, value, meaning.line)
    if (isPlaced) return
    this.#unknownLabels.push(writtenLine(line, raw, context))
    this.#keepUnlisted(line, raw, value, context)
  }

  reading(): Result.Result<Reading, NoReading> {
    if (!this.#isRecognised) return Result.fail("no readable line")
    const [secondRun] = this.#contradictions.values()
    if (secondRun !== undefined && this.#contradictions.size >= fieldsOfSecondRun)
      return Result.fail({ secondRun })
    return Result.succeed({
      summary: this.#summary,
      metrics: this.#metrics.byKey,
      bots: [...this.#bots.values()],
      ultimateWeapons: [...this.#weapons.values()],
      unknownSuffixes: [...this.#unknownSuffixes],
      notUnderstood: {
        labels: this.#unknownLabels,
        values: this.#unreadableValues,
        date: this.#summary.battleDate === null ? this.#unreadableDate : null,
      },
      numericLines: this.#numericLines,
    })
  }

  /** Returns false if the line says something that has no place yet. */
  #readQuantity(
    line: ReportLine,
    raw: string,
    text: string,
    meaning: QuantityMeaning,
    context: SectionContext,
  ): boolean {
    const { field } = meaning.line
    const value = this.#valueOf(text, meaning.notation)
    if (field !== undefined) this.#noteRaw(field, raw, value)
    if (value === null) {
      this.#unreadableValues.push([line.label, raw])
      return true
    }
    this.#isRecognised = true
    const isPlaced = field !== undefined && this.#fill(field, value, line)
    if (meaning.metricKey === null) return isPlaced
    if (!this.#metrics.keep(meaning.metricKey, line, { value, raw }))
      this.#unknownLabels.push(writtenLine(line, raw, context))
    return true
  }

  /** Returns false if the line says something that has no place yet. */
  #readFact(line: ReportLine, text: string, known: FactLine): boolean {
    switch (known.unit) {
      case "date":
        return this.#readDate(line, text)
      case "duration":
        return this.#fillReadable(known.field, readDuration(text), line, text)
      case "tier":
        return this.#readTier(line, text)
      case "wave":
        return this.#fillReadable("wave", this.#wholeNumberOf(text), line, text)
      case "enemy":
        return this.#fillReadable("killedBy", enemy.test(text) ? text : null, line, text)
      case "bots":
        for (const name of listed(text)) this.#addBot(name)
        return true
      case "weapons":
        for (const name of listed(text)) this.#addWeapon(name, known.role)
        this.#isRecognised ||= this.#weapons.size > 0
        return true
    }
  }

  #readDate(line: ReportLine, text: string): boolean {
    const date = readBattleDate(text, this.#timeZone)
    if (date === null) this.#unreadableDate ??= text
    return this.#fill("battleDate", date, line)
  }

  #readTier(line: ReportLine, text: string): boolean {
    const read = readTier(text)
    if (read !== null && this.#summary.tier === null) this.#summary.tournamentBracket = read.bracket
    return this.#fillReadable("tier", read?.tier ?? null, line, text)
  }

  /** Keeps a line that has no place of its own as a metric, if it has a label and says a quantity. */
  #keepUnlisted(line: ReportLine, raw: string, text: string, context: SectionContext): void {
    if (line.label === "") return
    const value = this.#valueOf(text, null)
    if (value === null) return
    const key = context.ownsLabels ? sectionSlug(line.section, line.label) : slug(line.label)
    this.#metrics.keep(key, line, { value, raw })
  }

  #fillReadable<Field extends keyof Summary>(
    field: Field,
    value: Summary[Field],
    line: ReportLine,
    text: string,
  ): boolean {
    if (value === null) this.#unreadableValues.push([line.label, text])
    return this.#fill(field, value, line)
  }

  /** Fills an empty field of the summary. Returns false if it already says something else. */
  #fill<Field extends keyof Summary>(
    field: Field,
    value: Summary[Field],
    line: ReportLine,
  ): boolean {
    if (value === null) return true
    this.#isRecognised = true
    const earlier = this.#summary[field]
    if (earlier === null) this.#summary[field] = value
    else if (earlier !== value && firstFields.has(field) && !this.#contradictions.has(field))
      this.#contradictions.set(field, line)
    return earlier === null || earlier === value
  }

  #noteRaw(quantity: SummaryQuantity, raw: string, value: Decimal | null): void {
    const field = rawFields[quantity]
    if (field === undefined) return
    const isFirstReadable = value !== null && this.#summary[quantity] === null
    if (this.#summary[field] === null || isFirstReadable) this.#summary[field] = raw
  }

  /** @param notation how the quantity may be written apart from a bare number, `null` for any way */
  #valueOf(written: string, notation: QuantityKind | null): Decimal | null {
    const text = withDecimalPoint(written, this.#decimalCommas)
    if (text === null || (this.#hasLostCase && doubtfulMagnitude.test(text))) return null
    const quantity = readQuantity(text)
    if (quantity._tag === "Value") {
      const { kind, value } = quantity
      return kind === "plain" || kind === notation || notation === null ? value : null
    }
    if (quantity._tag === "UnknownMagnitude" && readDuration(text) === null) {
      this.#unknownSuffixes.add(quantity.suffix)
    }
    return null
  }

  #wholeNumberOf(text: string): number | null {
    const value = this.#valueOf(text, "plain")
    return value === null ? null : toInteger(value)
  }

  #addBot(name: string): void {
    const key = name.toLowerCase()
    if (!this.#bots.has(key)) this.#bots.set(key, name)
  }

  #addWeapon(name: string, role: WeaponRole | null): void {
    const key = `${role} ${name.toLowerCase()}`
    if (!this.#weapons.has(key)) this.#weapons.set(key, { name, role })
  }
}

function writtenLine(line: ReportLine, raw: string, { ownsLabels }: SectionContext): WrittenLine {
  const label = ownsLabels && line.section !== null ? `${line.section} / ${line.label}` : line.label
  return [label, raw]
}

/** The entries of a comma-separated list. */
function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
}
