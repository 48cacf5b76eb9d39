import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { withProgress } from "../terminal/progress-bar.ts"
import type { WikiPage } from "./catalogue.ts"
import type { ScrapedPage, ScrapeOptions } from "./scrape.ts"
import type { PageSource } from "./source/page-source.ts"

/** Some pages could not be captured; nothing at all was stored. */
export class PagesFailed extends Schema.TaggedError<PagesFailed>()("PagesFailed", {
  problems: Schema.Array(Schema.String),
}) {
  override get message(): string {
    return [
      ...this.problems,
      "Nothing was stored. Run again later, or pass --keep-going to store the pages that work.",
    ].join("\n")
  }
}

/** Pages that were read, and why the others were not. */
export interface PageReadings {
  readonly pages: readonly ScrapedPage[]
  readonly problems: readonly string[]
}

// The HTML parser takes a while to load, which only those who read pages should wait for.
const loadScraper = Effect.promise(() => import("./scrape.ts"))

// What the wiki is asked to bear at a time.
const pagesAtATime = 2

/** Reads pages from a source and takes their tables apart. One page's failure stops no other. */
export const readPages = Effect.fnUntraced(function* <E extends { readonly message: string }, R>(
  source: PageSource<E, R>,
  pages: readonly WikiPage[],
  options: Pick<ScrapeOptions, "tableIndexes">,
) {
  const { scrapePage } = yield* loadScraper
  const read = (page: WikiPage) =>
    source(page).pipe(
      Effect.flatMap(({ html, revision }) =>
        Effect.fromResult(scrapePage(page, html, { ...options, pageRevision: revision })),
      ),
      Effect.result,
    )
  const readings = yield* withProgress("Reading pages", pages.length, (advance) =>
    Effect.forEach(pages, (page) => Effect.tap(read(page), advance(1)), {
      concurrency: pagesAtATime,
    }),
  )
  return {
    pages: readings.filter(Result.isSuccess).map(({ success }) => success),
    problems: readings.filter(Result.isFailure).map(({ failure }) => failure.message),
  } satisfies PageReadings
})
