import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { ReportSource } from "./files/report-files.ts"
import { textOf } from "./files/report-text.ts"
import type { ImportSettings } from "./import-settings.ts"
import type { TalliedReading } from "./not-understood.ts"
import { withLineFeeds } from "./reader/characters.ts"
import { type DerivedRows, derivedRows } from "./reader/derived-rows.ts"
import { type FilePiece, ReportSplitter } from "./reader/lines/split-reports.ts"
import { readReport } from "./reader/read-report.ts"
import type { ListedWeapon } from "./reader/reading.ts"
import { usedBots } from "./reader/used-bots.ts"
import type { SlugsOf } from "./slugs-by-name.ts"

/**
 * A readable report of a file, ready to be imported. Its metrics are kept as the texts to be stored:
 * as objects, those of a few batches would fill the memory.
 */
export interface Candidate extends TalliedReading {
  readonly file: string
  readonly checksum: string
  /** The text exactly as received. */
  readonly text: string
  readonly rows: DerivedRows
  /** The slugs of the bots used in the run. */
  readonly bots: readonly string[]
  /** The ultimate weapons used in the run, each with the roles that the report lists it under. */
  readonly weapons: readonly UsedWeapon[]
}

/** An ultimate weapon used in a run. */
export interface UsedWeapon {
  readonly slug: string
  readonly role: string
}

/** A text of a file that may be a report, or why there is none. */
export type Submission =
  | { readonly file: string; readonly line: number; readonly text: string }
  | { readonly problem: string }

/** How many reports are read, compared with the stored ones and stored at a time. */
export const importedPerBatch = 250

/** A batch with as much text is full, however few its reports are. */
const longestBatch = 2 ** 19

const lengthOf = (submission: Submission): number =>
  "text" in submission ? submission.text.length : 0

interface OpenBatch {
  readonly submissions: Submission[]
  length: number
}

/** Groups submissions into batches that take about the same memory, however long the reports are. */
export const inBatches: <E, R>(
  submissions: Stream.Stream<Submission, E, R>,
) => Stream.Stream<readonly Submission[], E, R> = Stream.mapAccum(
  (): OpenBatch => ({ submissions: [], length: 0 }),
  (open, submission: Submission) => {
    open.submissions.push(submission)
    open.length += lengthOf(submission)
    const isFull = open.submissions.length >= importedPerBatch || open.length >= longestBatch
    return isFull ? [{ submissions: [], length: 0 }, [open.submissions]] : [open, []]
  },
  { onHalt: ({ submissions }) => (submissions.length === 0 ? [] : [submissions]) },
)

/** After so much text there is garbage worth collecting. */
const textPerCollection = 2 ** 21

/**
 * Collects the garbage of earlier batches now and then. Much of it has outlived a quick collection,
 * and the runtime puts off thorough ones for so long that the heap would grow with the file.
 */
export const collectingGarbage = <E, R>(
  batches: Stream.Stream<readonly Submission[], E, R>,
): Stream.Stream<readonly Submission[], E, R> =>
  Stream.suspend(() => {
    let length = 0
    return Stream.map(batches, (batch) => {
      length = batch.reduce((sum, submission) => sum + lengthOf(submission), length)
      if (length >= textPerCollection) {
        length = 0
        Bun.gc(true)
      }
      return batch
    })
  })

/** The result of reading submissions. */
export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly problems: readonly string[]
}

const excerptOf = (text: string): string => JSON.stringify(text.trim().slice(0, 60))

/** Cuts a file into its reports, which are not read yet, while it is read itself. */
export const submissionsIn = (source: ReportSource): Stream.Stream<Submission> =>
  Stream.suspend(() => {
    const { name } = source
    const splitter = new ReportSplitter()
    let reports = 0
    let beginning: string | null = null
    const submit = ({ kind, text, line }: FilePiece): readonly Submission[] => {
      if (kind === "report") {
        reports += 1
        return [{ file: name, line, text }]
      }
      if (text.trim() !== "") beginning ??= excerptOf(text)
      return kind === "orphaned"
        ? [
            {
              problem: `${name}, line ${line}: fields of a run without its beginning: ${excerptOf(text)}`,
            },
          ]
        : []
    }
    const summary = Effect.sync((): readonly Submission[] => {
      const last = splitter.finish().flatMap(submit)
      if (reports > 0 || last.length > 0) return last
      return beginning === null
        ? [{ problem: `${name}: it is empty` }]
        : [{ problem: `${name}: no battle report in it (the text begins ${beginning})` }]
    })
    return textOf(source).pipe(
      Stream.map((text) => splitter.push(text).flatMap(submit)),
      Stream.concat(Stream.fromEffect(summary)),
      Stream.flattenIterable,
      Stream.catchTag("UnreadableFile", ({ message }) =>
        Stream.succeed<Submission>({ problem: message }),
      ),
    )
  })

// Listed with a role and again without one, a weapon was used in that role.
const usedWeapons = (
  listed: readonly ListedWeapon[],
  weaponSlugs: SlugsOf,
): readonly UsedWeapon[] => {
  const roles = new Map<string, Set<string>>()
  for (const { name, role } of listed)
    for (const slug of weaponSlugs([name])) {
      const ofSlug = roles.get(slug) ?? new Set()
      roles.set(slug, role === null ? ofSlug : ofSlug.add(role))
    }
  return [...roles].flatMap(([slug, ofSlug]) =>
    (ofSlug.size === 0 ? ["unknown"] : [...ofSlug]).map((role) => ({ slug, role })),
  )
}

/** Reads submissions, in order. */
export const readSubmissions = (
  submissions: readonly Submission[],
  { timeZone, storedAt, botSlugs, weaponSlugs }: ImportSettings,
): Candidates => {
  const problems: string[] = []
  const candidates: Candidate[] = []
  for (const submission of submissions) {
    if ("problem" in submission) {
      problems.push(submission.problem)
      continue
    }
    const { file, line, text } = submission
    const reading = readReport(text, { timeZone })
    if (Result.isFailure(reading))
      problems.push(`${file}, line ${line}: ${reading.failure.message}`)
    else {
      const { notUnderstood, numericLines, unknownSuffixes, ultimateWeapons } = reading.success
      candidates.push({
        file,
        checksum: reportChecksum(text),
        text,
        notUnderstood,
        numericLines,
        unknownSuffixes,
        rows: derivedRows(reading.success, storedAt),
        bots: botSlugs(usedBots(reading.success)),
        weapons: usedWeapons(ultimateWeapons, weaponSlugs),
      })
    }
  }
  return { candidates, problems }
}

// What Python's `strip` takes off, by which existing databases were hashed: unlike JavaScript's `trim`
// it takes the separators U+001C to U+001F and U+0085, and leaves U+FEFF.
const blank =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]"
const leadingBlanks = new RegExp(`^${blank}+`)
const isBlank = new RegExp(blank)

function stripped(text: string): string {
  let end = text.length
  while (end > 0 && isBlank.test(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(leadingBlanks, "")
}

/**
 * What tells two reports of a player apart: the SHA-256, in hexadecimal, of the text with its line
 * breaks as LF and without blanks at its ends.
 */
export function reportChecksum(text: string): string {
  return Bun.CryptoHasher.hash("sha256", stripped(withLineFeeds(text)), "hex")
}
