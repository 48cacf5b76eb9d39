import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows } from "../database/query.ts"
import { databaseStatus, firstFetch, outstandingWork } from "../status.ts"
import type { Facts } from "../terminal/report.ts"
import { targetOfVersion } from "../wiki/catalogue.ts"
import { diffAddress } from "../wiki/source/addresses.ts"
import {
  type Content,
  count,
  countOf,
  type Html,
  html,
  link,
  moment,
  nothing,
  section,
  table,
  written,
} from "./html.ts"

const WikiPage = Schema.Struct({
  url: Schema.String,
  parseVersions: Schema.Array(Schema.String),
  rows: Schema.Int,
  /** When it was last read, and when something on it last changed since it was first read. */
  fetched: Schema.String,
  changed: Schema.NullOr(Schema.String),
  revision: Schema.NullOr(Schema.Int),
  previousRevision: Schema.NullOr(Schema.Int),
})
type WikiPage = typeof WikiPage.Type

const loadPages = queryRows(
  WikiPage,
  (sql) => sql`
    with page as (
      select page_url, min(first_seen) as recorded, max(first_seen) as changed,
        max(last_seen) as fetched, max(page_revision) as revision,
        jsonb_agg(distinct parse_version) as parse_versions
      from definitions.wiki_data group by page_url
    )
    select page_url as url, parse_versions as "parseVersions",
      (select count(*) from definitions.latest_wiki_row as row where row.page_url = page.page_url)
        as rows,
      to_char(fetched at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as fetched,
      case when changed > recorded then to_char(changed at time zone 'UTC', 'YYYY-MM-DD HH24:MI') end
        as changed,
      revision,
      (select max(page_revision) from definitions.wiki_data as row
        where row.page_url = page.page_url and page_revision < revision) as "previousRevision"
    from page order by page_url collate "C"`,
)

/** What is in the database, and what waits to be done. */
export const loadState = Effect.map(
  Effect.all([databaseStatus, outstandingWork, loadPages]),
  ([{ units }, work, pages]) => ({ facts: [...units, ...work], pages }),
)

type State = Effect.Success<typeof loadState>

const of = (facts: readonly Facts[], area: string) => facts.filter((fact) => fact.area === area)

const number = (fact: Facts | undefined, name: string): number => Number(fact?.[name] ?? 0)

const sum = (facts: readonly Facts[], name: string): number =>
  facts.reduce((total, fact) => total + number(fact, name), 0)

const tile = (figure: Content, what: Content, note: Content = null): Html =>
  html`<li><strong>${figure}</strong> <span>${what}</span>${
    note === null ? null : html`<small>${note}</small>`
  }</li>`

const time = (value: Facts[string] | undefined): Content =>
  value === null || value === undefined ? "never" : moment(`${value} UTC`)

/** The figures of the whole, for the head of the page. */
export const figures = ({ facts, pages }: State): Html => {
  const [reports] = of(facts, "reports")
  const [players] = of(facts, "players")
  const [schema] = of(facts, "schema")
  const [backlog] = of(facts, "backlog")
  const kinds = of(facts, "definitions")
  const waiting =
    number(backlog, "rebuild_changes") +
    number(backlog, "wiki_drift") +
    number(backlog, "players_out_of_step")
  const stored = number(reports, "stored")
  const parsed = number(reports, "parsed")
  const fetched = pages
    .map((page) => page.fetched)
    .toSorted()
    .at(-1)
  const idle = pages.length === 0 ? "The first fetch" : "Nothing"
  return html`<ul class="tiles">
${tile(count(stored), `battle report${stored === 1 ? "" : "s"}`, parsed === stored ? "all of them read" : `${count(stored - parsed)} not read yet`)}
${tile(count(number(players, "players")), number(players, "players") === 1 ? "player" : "players")}
${tile(count(sum(kinds, "definitions")), "things in the game", "cards, bots, weapons and chips")}
${tile(count(sum(kinds, "levels")), "upgrade levels", "each with its value and its cost")}
${tile(count(pages.length), pages.length === 1 ? "page of the wiki" : "pages of the wiki", fetched === undefined ? "none read yet" : ["last read ", moment(fetched.slice(0, 10))])}
${tile(waiting === 0 ? idle : count(waiting), waiting === 0 ? "waits to be done" : "changes wait to be made", `database schema ${schema?.version ?? "unknown"}`)}
</ul>`
}

const kindNames: Readonly<Record<string, string>> = {
  card: "Cards",
  bot: "Bots",
  ultimate_weapon: "Ultimate weapons",
  guardian_chip: "Guardian chips",
}

/** What people call a kind of definition. */
export const kindName = (kind: string): string => kindNames[kind] ?? kind

const definitionsTable = (facts: readonly Facts[]): Html =>
  table<Facts>(
    "What is defined, and when the wiki last said all of it",
    [
      { name: "Kind", cell: ({ kind }) => kindName(String(kind)) },
      { name: "Things", isNumeric: true, cell: (fact) => count(number(fact, "definitions")) },
      { name: "Parameters", isNumeric: true, cell: (fact) => count(number(fact, "parameters")) },
      { name: "Levels", isNumeric: true, cell: (fact) => count(number(fact, "levels")) },
      { name: "As of", cell: ({ oldest_since_utc }) => time(oldest_since_utc) },
    ],
    of(facts, "definitions"),
    { stacks: true },
  )

/** The last part of a page's address, as people read it. */
export const pageTitle = (url: string): string => {
  const { pathname, host, search } = URL.parse(url) ?? { pathname: url, host: url, search: "" }
  const title = pathname.slice(pathname.lastIndexOf("/") + 1) || host
  return `${title.replaceAll("_", " ")}${search}`
}

const pagesTable = (pages: readonly WikiPage[]): Html =>
  table<WikiPage>(
    "The wiki’s pages, as they were read last",
    [
      { name: "Page", cell: ({ url }) => link(url, written(pageTitle(url))) },
      {
        name: "Read for",
        cell: ({ parseVersions }) =>
          parseVersions
            .map((version) => (targetOfVersion(version) ?? version).replaceAll("_", " "))
            .join(", "),
      },
      { name: "Rows", isNumeric: true, cell: ({ rows }) => count(rows) },
      { name: "Last read (UTC)", cell: ({ fetched }) => moment(fetched) },
      {
        name: "Last change (UTC)",
        cell: ({ changed }) => (changed === null ? "none since the first" : moment(changed)),
      },
      {
        name: "Version",
        isNumeric: true,
        cell: ({ url, revision, previousRevision }) =>
          revision === null
            ? "unknown"
            : link(diffAddress(url, revision, previousRevision), String(revision)),
      },
    ],
    pages,
    { stacks: true },
  )

const backlogList = ({ facts, pages }: State): Html => {
  const [backlog] = of(facts, "backlog")
  const work = [
    [number(backlog, "rebuild_changes"), "change", "to definitions, by rebuild-wiki-definitions"],
    [
      number(backlog, "wiki_drift"),
      "problem",
      "of the wiki’s rows, which the registry does not expect",
    ],
    [
      number(backlog, "players_out_of_step"),
      "player",
      "out of step with the definitions, until sync-player-state runs",
    ],
  ] as const
  const waiting = [
    ...(pages.length === 0 ? [`The first fetch of the wiki, by ${firstFetch}`] : []),
    ...work
      .filter(([waits]) => waits > 0)
      .map(([waits, thing, what]) => `${countOf(waits, thing)} ${what}`),
  ]
  return waiting.length === 0
    ? nothing(
        "Nothing waits: definitions are what the stored pages say, and every player is in step.",
      )
    : html`<ul>${waiting.map((item) => html`<li>${item}</li>`)}</ul>`
}

const driftTable = (facts: readonly Facts[]): Html | null => {
  const drift = of(facts, "drift")
  return drift.length === 0
    ? null
    : table<Facts>(
        "What of the wiki could not be used",
        [
          { name: "Kind", cell: ({ kind }) => kindName(String(kind)) },
          { name: "Thing", cell: ({ entity }) => written(String(entity ?? "all")) },
          { name: "Problems", isNumeric: true, cell: (fact) => count(number(fact, "problems")) },
          { name: "Defined as of", cell: ({ definition_since_utc }) => time(definition_since_utc) },
        ],
        drift,
        { stacks: true },
      )
}

const deployText = (facts: readonly Facts[]): Html => {
  const [deploy] = of(facts, "deploy")
  return deploy === undefined
    ? nothing("No deploy has run on this database.")
    : html`<p>Started ${time(deploy.last_started_utc)}, ${
        deploy.finished_utc === "unfinished"
          ? "and did not finish"
          : ["finished ", time(deploy.finished_utc)]
      }: ${String(deploy.steps ?? "no step was run")}.</p>`
}

/** What waits to be done, the last deploy, and where what is in the database comes from. */
export const stateSection = (state: State): Html =>
  section(
    "state",
    "State",
    html`<div class="columns"><div>
<h3>What waits to be done</h3>${backlogList(state)}${driftTable(state.facts)}
<h3>The last deploy</h3>${deployText(state.facts)}
</div><div>
${definitionsTable(state.facts)}
</div></div>`,
    state.pages.length === 0
      ? nothing("No page of the wiki has been read yet.")
      : pagesTable(state.pages),
  )
