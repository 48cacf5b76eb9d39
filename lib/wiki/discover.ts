import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Mode } from "../database/transaction.ts"
import { note, noticeWarning } from "../terminal/notice.ts"
import type { Facts, Outcome } from "../terminal/report.ts"
import {
  catalogue,
  entityTitles,
  listedPage,
  type Target,
  type WikiPage,
  wikiPage,
} from "./catalogue.ts"
import type { PageSource } from "./source/page-source.ts"

/** A kind of page that the wiki lists in its categories and its navigation. */
export interface WikiList {
  readonly target: Target
  /** Titles its category may have. */
  readonly categories: readonly string[]
  /** What a row of the navigation that lists them begins with. */
  readonly label: RegExp
  /** Whether a listed page is about one of them; the wiki also lists pages about all of them. */
  readonly isMember: (title: string) => boolean
}

/** The lists of bots, weapons and chips, by the names the wiki has or is likely to have for them. */
const lists: readonly WikiList[] = [
  {
    target: "bots",
    categories: ["Category:Bots"],
    label: /^bots?(?: research)?:?$/i,
    isMember: (title) => /._Bot$/.test(title),
  },
  {
    target: "ultimate_weapons",
    categories: ["Category:Ultimate_Weapons"],
    label: /^ultimate weapons?:?$/i,
    isMember: (title) => !/Ultimate_Weapon|UW/.test(title),
  },
  {
    target: "guardian_chips",
    categories: ["Category:Guardians", "Category:Guardian_Chips"],
    label: /^guardians?(?: chips?)?:?$/i,
    isMember: (title) => /._Chips?$/.test(title),
  },
]

/** A page that the wiki lists and the catalogue lacks. */
export interface DiscoveredPage {
  readonly title: string
  readonly target: Target
  /** The page that lists it. */
  readonly listedOn: string
}

// The HTML parser takes a while to load, which only those who read pages should wait for.
const loadLinks = Effect.promise(() => import("./page/links.ts"))

/** The pages with the wiki's navigation: one of each kind, since editors may forget one of them. */
const withNavigation = catalogue.filter(({ title }) =>
  ["Golden_Bot", "Chain_Lightning", "Golden_Tower", "Guardian"].includes(title),
)

const isArticle = (title: string) => !title.includes(":") && !title.includes("/")

const isKnown = (title: string) => listedPage(title) !== null || entityTitles.includes(title)

/**
 * Reads the wiki's own lists of bots, weapons and chips, and returns the pages that the catalogue
 * lacks. A list that cannot be read or found is noted: the wiki may call it by another name.
 */
export const discoverPages = Effect.fnUntraced(function* <
  E extends { readonly message: string },
  R,
>(source: PageSource<E, R>) {
  const { readLinks } = yield* loadLinks
  const read = (page: WikiPage) =>
    Effect.gen(function* () {
      const html = yield* Effect.result(source(page))
      if (Result.isFailure(html)) {
        yield* note(`Not looked through for new pages: ${html.failure.message}`)
        return []
      }
      const { members, rows } = readLinks(html.success)
      return lists.flatMap(({ target, categories, label, isMember }) =>
        [
          ...(categories.includes(page.title) ? members : []),
          ...rows.filter((row) => label.test(row.label)).flatMap(({ titles }) => titles),
        ]
          .filter((title) => isArticle(title) && isMember(title))
          .map((title): DiscoveredPage => ({ title, target, listedOn: page.title })),
      )
    })
  const categories = lists.flatMap(({ categories, target }) =>
    categories.map((title) => wikiPage(title, [target])),
  )
  const listed = (yield* Effect.forEach([...categories, ...withNavigation], read)).flat()
  for (const { target } of lists)
    if (!listed.some((page) => page.target === target))
      yield* note(`No list of ${target} was found on the wiki: a new page would not be noticed.`)
  const unknown = listed.filter(({ title }) => !isKnown(title))
  return [...new Map(unknown.map((page) => [page.title, page])).values()]
})

/** Says which pages the catalogue lacks, and adds them to a report; a check counts each as a change. */
export const withDiscovered = Effect.fnUntraced(function* (
  mode: Mode,
  discovered: readonly DiscoveredPage[],
  outcome: Outcome,
) {
  yield* Effect.forEach(discovered, ({ title, target, listedOn }) =>
    noticeWarning(
      `The wiki lists ${title} on ${listedOn}, and the catalogue of ${target} does not have it. Add it to lib/wiki/catalogue.ts and its parameters to lib/definitions/registry.ts.`,
    ),
  )
  const units = discovered.map(
    ({ title, target, listedOn }): Facts => ({
      discovered: title,
      wiki_target: target,
      listed_on: listedOn,
    }),
  )
  const reported: Outcome = {
    ...outcome,
    units: [...outcome.units, ...units],
    total: { ...outcome.total, discovered: discovered.length },
    changes: outcome.changes + (mode === "check" ? discovered.length : 0),
  }
  return reported
})
