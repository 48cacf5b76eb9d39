import * as Arr from "effect/Array"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { BatchedWork, InBatch } from "../../database/batches.ts"
import { note, noticeWarning } from "../../terminal/notice.ts"
import type { Advance } from "../../terminal/progress-bar.ts"
import { addCounts } from "../counts.ts"
import { readerVersion } from "../reader-version.ts"
import { slugsByName } from "../slugs-by-name.ts"
import { claimReports } from "./claim-reports.ts"
import { emptyBatch, type ReadBatch, type Reader, readBatch } from "./read-batch.ts"
import type { Selected } from "./selection.ts"
import { type StoredBatch, storeBatch } from "./store-batch.ts"
import {
  beginning,
  type Marked,
  nextSlice,
  type ReportKey,
  reportsWith,
  type StoredReport,
} from "./stored-reports.ts"
import { ReparseTally } from "./tally.ts"

/** How many reports are read and stored at a time: set-based statements pay, and nobody waits long. */
export const reparsedPerBatch = 250

/** The bots are other ones than when the reports were read; what was read is not stored. */
class BotsChanged extends Data.TaggedError("BotsChanged") {}

/** What a run works with from its first batch to its last. */
interface Run extends Selected {
  readonly work: BatchedWork
  readonly inBatch: InBatch
  readonly reader: Reader
  readonly tally: ReparseTally
  readonly advance: Advance
}

/** Where a run has come to: reports known to be unread, and the place after which to look for more. */
interface Place {
  readonly known: readonly ReportKey[]
  readonly lookAfter: ReportKey | null
}

const noneMarked: Marked = {
  reports: 0,
  unknown_labels: 0,
  unreadable_values: 0,
  unreadable_dates: 0,
}

const fetchNext = Effect.fnUntraced(function* (
  { selection, extent, reader }: Run,
  { known, lookAfter }: Place,
) {
  let unread = known
  let position = lookAfter
  let unchanged = noneMarked
  while (unread.length === 0 && position !== null) {
    const slice = yield* nextSlice(selection, extent, reader.version, position)
    unread = slice.unread
    position = slice.last
    unchanged = addCounts(unchanged, slice.marked)
  }
  const [keys, rest] = Arr.splitAt(unread, reparsedPerBatch)
  const reports = keys.length === 0 ? [] : yield* reportsWith(keys)
  return { reports, unchanged, place: { known: rest, lookAfter: position } }
})

/** Stores a batch for a write, if the bots are still those with which it was read. */
const finishBatch = Effect.fnUntraced(function* ({ work, reader }: Run, batch: ReadBatch) {
  if (work.mode === "check")
    return { done: batch, missed: [], suffixesNoted: 0 } satisfies StoredBatch
  const [version, claimed] = yield* Effect.all(
    [readerVersion, claimReports(batch.read.map(({ state }) => state))],
    { concurrency: 2 },
  )
  if (version !== reader.version) return yield* new BotsChanged()
  return yield* storeBatch(batch, claimed)
})

const count = Effect.fnUntraced(function* (
  { tally, advance }: Run,
  { done, suffixesNoted }: StoredBatch,
) {
  tally.addBatch(done)
  tally.addNoted(suffixesNoted)
  yield* Effect.forEach(done.unreadable, ({ reportId, reason }) =>
    noticeWarning(`Battle report ${reportId} is skipped: ${reason}`),
  )
  yield* advance(done.read.length + done.unreadable.length)
})

/**
 * Goes through all reports once, and returns those that were missed. While a batch is read, the one
 * before it is stored and the one after it is fetched. Fetching comes first, so that rows are locked
 * only for as long as storing takes.
 */
const readAll = Effect.fnUntraced(function* (run: Run) {
  const missed: ReportKey[] = []
  let place: Place = { known: [], lookAfter: beginning }
  let fetched: readonly StoredReport[] = []
  let batch = emptyBatch
  do {
    const [read, { next, stored }] = yield* Effect.all(
      [
        readBatch(fetched, run.reader),
        run.inBatch(
          Effect.all(
            { next: fetchNext(run, place), stored: finishBatch(run, batch) },
            { concurrency: 2 },
          ),
        ),
      ],
      { concurrency: 2 },
    )
    yield* count(run, stored)
    missed.push(...stored.missed)
    run.tally.addUnchanged(next.unchanged)
    yield* run.advance(next.unchanged.reports)
    batch = read
    fetched = next.reports
    place = next.place
  } while (fetched.length > 0 || batch.read.length > 0 || batch.unreadable.length > 0)
  return missed
})

/** Reads some of the missed reports again, and returns those that were missed again. */
const readAgain = (run: Run, keys: readonly ReportKey[]) =>
  Effect.gen(function* () {
    const reports = yield* run.inBatch(reportsWith(keys))
    const batch = yield* readBatch(reports, run.reader)
    const stored = yield* run.inBatch(finishBatch(run, batch))
    yield* count(run, stored)
    return stored.missed
  })

const pause = "200 millis"

/** Reads missed reports again and again, for as long as the run may wait for others. */
const readMissed = Effect.fnUntraced(function* (run: Run, missed: readonly ReportKey[]) {
  const until = (yield* Clock.currentTimeMillis) + Duration.toMillis(run.work.lockTimeout)
  let left = missed
  while (left.length > 0) {
    const batches = Arr.chunksOf(left, reparsedPerBatch)
    left = (yield* Effect.forEach(batches, (keys) => readAgain(run, keys))).flat()
    if (left.length === 0 || (yield* Clock.currentTimeMillis) >= until) break
    yield* Effect.sleep(pause)
  }
  return left
})

const named = 20

const warnOfLocked = (locked: readonly ReportKey[]) => {
  const ids = locked.slice(0, named).map(({ id }) => id)
  const more = locked.length > named ? ` and ${locked.length - named} more` : ""
  return noticeWarning(
    `Another session keeps ${locked.length} report(s) locked: ${ids.join(", ")}${more}. They are as they were; run the command again when it has ended, and it reads them.`,
  )
}

/** Tells a person how far a run has come, of so many reports. */
export type Following = <A, E, R>(
  reports: number,
  work: (advance: Advance) => Effect.Effect<A, E, R>,
) => Effect.Effect<A, E, R>

const readOnce = Effect.fnUntraced(function* <E, R>(
  work: BatchedWork,
  inBatch: InBatch,
  select: Effect.Effect<Selected, E, R>,
  following: Following,
) {
  const start = yield* inBatch(
    Effect.all({
      selected: select,
      reader: Effect.all({ version: readerVersion, botSlugs: slugsByName("bot") }),
    }),
  )
  const { selected, reader } = start
  const tally = new ReparseTally()
  yield* following(selected.extent.reports, (advance) =>
    Effect.gen(function* () {
      const run: Run = { work, inBatch, ...selected, reader, tally, advance }
      const locked = yield* readMissed(run, yield* readAll(run))
      tally.addLocked(locked.length)
      if (locked.length > 0) yield* warnOfLocked(locked)
    }),
  )
  return tally
})

/**
 * Reads the selected reports batch by batch, stores for a write what that changes, and counts it.
 * What a batch has stored stays, whatever comes after: a run that was stopped goes on where it was.
 */
export const readStored = <E, R>(
  work: BatchedWork,
  inBatch: InBatch,
  select: Effect.Effect<Selected, E, R>,
  following: Following,
) =>
  readOnce(work, inBatch, select, following).pipe(
    Effect.tapErrorTag("BotsChanged", () =>
      note("The definitions of bots have changed meanwhile; the reports are read from the start."),
    ),
    Effect.retry({ while: (error) => error instanceof BotsChanged }),
  )
