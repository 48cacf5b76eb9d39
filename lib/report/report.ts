import { resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"
import * as Schema from "effect/Schema"
import { queryValue } from "../database/query.ts"
import { reasonOf, replaceFile } from "../replace-file.ts"
import type { Outcome } from "../terminal/report.ts"
import { definitionsSection, loadDefined } from "./definitions.ts"
import { type Html, html, moment } from "./html.ts"
import { loadNotUnderstood, notUnderstoodSection } from "./not-understood.ts"
import { loadRuns } from "./runs.ts"
import { runsSection } from "./runs-section.ts"
import { figures, loadState, stateSection } from "./state.ts"
import { loadWiki, wikiSection } from "./wiki.ts"

/** The report cannot be written where it should be. */
export class ReportNotWritten extends Schema.TaggedError<ReportNotWritten>()("ReportNotWritten", {
  file: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `The report cannot be written to ${this.file}: ${this.reason}. Give --out a file in a folder that you may write to.`
  }
}

const stylesheet = resolve(import.meta.dir, "page.css")

const now = queryValue(
  Schema.String,
  (sql) => sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as value`,
)

const sections = [
  ["runs", "Runs"],
  ["wiki", "The wiki over time"],
  ["definitions", "Definitions"],
  ["unknown", "Not understood"],
  ["state", "State"],
] as const

// No script, nothing from anywhere: a browser keeps the page to what is in its file.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

const page = (time: string, style: string, head: Html, contents: readonly Html[]): Html =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>TowerStats, ${time} UTC</title>
<style>${{ markup: style }}</style>
</head>
<body>
<header>
<h1>TowerStats</h1>
<p>Battle reports of the mobile game The Tower, and the game’s definitions as its community’s wiki has them: what one
database held on ${moment(`${time} UTC`)}.</p>
${head}
<nav aria-label="Sections"><ul>${sections.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</header>
<main>
${contents}
</main>
<footer><p>Definitions are from the community’s wiki, whose text is under
<a href="https://www.fandom.com/licensing" rel="noreferrer">CC BY-SA</a>. The page has no script and asks nothing of any server.</p></footer>
</body>
</html>
`

/** The page as a text. All of it is read in the transaction at hand, so that all is of one moment. */
export const renderReport = Effect.fnUntraced(function* ({
  players,
}: {
  readonly players: boolean
}) {
  const style = yield* Effect.promise(() => Bun.file(stylesheet).text())
  const state = yield* loadState
  const contents = [
    runsSection(yield* loadRuns(players)),
    wikiSection(yield* loadWiki),
    definitionsSection(yield* loadDefined),
    notUnderstoodSection(yield* loadNotUnderstood),
    stateSection(state),
  ]
  return page(yield* now, style, figures(state), contents).markup
})

const reportNotWritten = (file: string) => (error: PlatformError.PlatformError) =>
  new ReportNotWritten({ file, reason: reasonOf(error) })

/** Writes the page to a file, and says where it is. */
export const writeReport = Effect.fnUntraced(function* (out: string, markup: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const file = path.resolve(out)
  yield* files
    .makeDirectory(path.dirname(file), { recursive: true })
    .pipe(Effect.andThen(replaceFile(file, markup)), Effect.mapError(reportNotWritten(file)))
  const bytes = Buffer.byteLength(markup)
  return { units: [{ file, bytes }], total: {}, changes: 0 } satisfies Outcome
})
