import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { note } from "../terminal/notice.ts"
import { withProgress } from "../terminal/progress-bar.ts"
import type { WikiPage } from "./catalogue.ts"
import { messagesOf, PageProblem } from "./page-problem.ts"
import type { ScrapedPage, ScrapeError, ScrapeOptions } from "./scrape.ts"
import type { PageSource } from "./source/page-source.ts"

/** Some pages could not be captured; nothing at all was stored. */
export class PagesFailed extends Schema.TaggedError<PagesFailed>()("PagesFailed", {
  problems: Schema.Array(PageProblem),
}) {
  /** The problems under the name that reports have for them. */
  get drift() {
    return this.problems
  }
  override get message(): string {
    return [
      ...messagesOf(this.problems),
      "Nothing was stored. Run again later, or pass --keep-going to store the pages that work.",
    ].join("\n")
  }
}

/** Pages that were read, and why the others were not. */
export interface PageReadings {
  readonly pages: readonly ScrapedPage[]
  readonly problems: readonly PageProblem[]
  /** Pages that may not be there yet and were not; that is a problem once rows of them are stored. */
  readonly absent: readonly PageProblem[]
}

// The HTML parser takes a while to load, which only those who read pages should wait for.
const loadScraper = Effect.promise(() => import("./scrape.ts"))

// Out of consideration for the wiki.
const pagesAtATime = 2

/** The tags of errors that say that a page does not exist. */
const isAbsence = (error: { readonly _tag: string; readonly status?: number }): boolean =>
  error._tag === "PageMissing" ||
  error._tag === "SavedPageMissing" ||
  (error._tag === "UnexpectedStatus" && (error.status === 404 || error.status === 410))

/** Why a page could not be read. */
interface Failure {
  readonly problems: readonly PageProblem[]
  /** Whether the page does not exist at all. */
  readonly isAbsent: boolean
  /** Whether it is the wiki that lacks it: a folder has the pages that were saved in it. */
  readonly isAbsentOnWiki: boolean
  /** Whether another page may have the tables: this one does not exist, or has none of them. */
  readonly mayBeElsewhere: boolean
}

function notFetched<E extends { readonly _tag: string; readonly message: string }>(
  page: WikiPage,
  error: E,
): Failure {
  const { message } = error
  const place = { page: page.url, revision: null, table: null, row: null, column: null }
  const isAbsent = isAbsence(error)
  const problem = { ...place, found: message, expected: "the page", message }
  return {
    problems: [problem],
    isAbsent,
    isAbsentOnWiki: isAbsent && error._tag !== "SavedPageMissing",
    mayBeElsewhere: isAbsent,
  }
}

/** The failure of a page whose tables cannot be read. */
const notScraped = (errors: readonly ScrapeError[]): Failure => ({
  problems: errors.flatMap(({ problems }) => problems),
  isAbsent: false,
  isAbsentOnWiki: false,
  mayBeElsewhere: errors.some(({ _tag }) => _tag === "TableNotFound"),
})

/**
 * Reads pages and their tables from a source. One page's failure stops no other. Where a
 * page has lost its tables, its alternative is read instead.
 */
export const readPages = Effect.fnUntraced(function* <
  E extends { readonly _tag: string; readonly message: string },
  R,
>(source: PageSource<E, R>, pages: readonly WikiPage[], options: ScrapeOptions) {
  const { scrapePage } = yield* loadScraper
  const readOne = (page: WikiPage) =>
    source(page).pipe(
      Effect.mapError((error) => notFetched(page, error)),
      Effect.flatMap((html) =>
        Effect.fromResult(Result.mapError(scrapePage(page, html, options), notScraped)),
      ),
    )
  const read = (page: WikiPage) =>
    Effect.catch(readOne(page), (failure) =>
      page.alternative === null || !failure.mayBeElsewhere
        ? Effect.fail({ ...failure, isAbsent: failure.isAbsent && page.mayBeAbsent })
        : Effect.mapError(
            readOne(page.alternative),
            (): Failure => ({ ...failure, isAbsent: false }),
          ),
    ).pipe(Effect.result)
  const readings = yield* withProgress("Reading pages", pages.length, (advance) =>
    Effect.forEach(pages, (page) => Effect.tap(read(page), advance(1)), {
      concurrency: pagesAtATime,
    }),
  )
  const failures = readings.filter(Result.isFailure).map(({ failure }) => failure)
  const problemsOf = (isAbsent: boolean) =>
    failures.filter((failure) => failure.isAbsent === isAbsent).flatMap(({ problems }) => problems)
  const lacking = failures.filter(({ isAbsent, isAbsentOnWiki }) => isAbsent && isAbsentOnWiki)
  yield* Effect.forEach(messagesOf(lacking.flatMap(({ problems }) => problems)), note)
  return {
    pages: readings.filter(Result.isSuccess).map(({ success }) => success),
    problems: problemsOf(false),
    absent: problemsOf(true),
  } satisfies PageReadings
})
