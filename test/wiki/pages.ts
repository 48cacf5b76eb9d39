import * as Result from "effect/Result"
import { catalogue, chipAnchors, type WikiPage } from "../../lib/wiki/catalogue.ts"
import { readDocument, type WikiTable } from "../../lib/wiki/page/document.ts"
import {
  type ScrapedPage,
  type ScrapeError,
  type ScrapeOptions,
  scrapePage,
} from "../../lib/wiki/scrape.ts"

/** A page as the wiki serves it, around this content. */
export const wikiPage = (content: string, revision = 77): string => `<!DOCTYPE html>
<html><head><title>Page</title><script>RLCONF={"wgRevisionId":${revision}};</script></head>
<body><h2 id="frame">Frame</h2><table><tr><td>outside</td></tr></table>
<div id="mw-content-text"><div class="mw-content-ltr mw-parser-output" lang="en">${content}</div></div>
<table><tr><td>outside</td></tr></table></body></html>`

/** A heading in the wiki's markup of today, edit link included. */
export const heading = (level: number, anchor: string, text = anchor): string =>
  `<h${level}><span class="mw-headline" id="${anchor}">${text}</span><span class="mw-editsection">[<a href="#">edit</a>]</span></h${level}>`

/** A heading in the markup of MediaWiki 1.43 and later. */
export const newHeading = (level: number, anchor: string, text = anchor): string =>
  `<div class="mw-heading mw-heading${level}"><h${level} id="${anchor}">${text}</h${level}><span class="mw-editsection">[<a href="#">edit</a>]</span></div>`

const row = (tag: string, cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`

/** A table with a header row. */
export const table = (
  headers: readonly string[],
  ...rows: readonly (readonly string[])[]
): string =>
  `<table class="fandom-table"><tbody>${row("th", headers)}${rows.map((cells) => row("td", cells)).join("")}</tbody></table>`

/** Content of the chips' page, and small tables of the known chips that it leaves out. */
export const withKnownChips = (content: string): string =>
  content +
  chipAnchors
    .filter((anchor) => !content.includes(`id="${anchor}"`))
    .map((anchor) => heading(2, anchor) + table(["Cooldown", "Bits"], ["120", "0"]))
    .join("")

/** The tables of a page with this content. */
export const tablesOf = (content: string): readonly WikiTable[] =>
  Result.getOrThrow(readDocument("https://wiki.test/wiki/Page", wikiPage(content))).tables

/** A page of the catalogue by its title. */
export function listedPage(title: string): WikiPage {
  const page = catalogue.find((listed) => listed.title === title)
  if (page === undefined) throw new Error(`no page ${title} in the catalogue`)
  return page
}

/** What a page of the catalogue yields with this content. */
export const scrapeContent = (
  title: string,
  content: string,
  options?: ScrapeOptions,
): ScrapedPage => Result.getOrThrow(scrapePage(listedPage(title), wikiPage(content), options))

/** The first error a page of the catalogue is refused with when it has this content. */
export const scrapeError = (title: string, content: string, options?: ScrapeOptions): ScrapeError =>
  Result.getOrThrow(Result.flip(scrapePage(listedPage(title), wikiPage(content), options)))[0]

/** The pages of the catalogue that are bundled: of the others no figures are known. */
export const bundledPages: readonly WikiPage[] = catalogue.filter(({ mayBeAbsent }) => !mayBeAbsent)

/** The HTML of a bundled page. */
export const bundledHtml = (page: WikiPage): Promise<string> =>
  Bun.file(new URL(`../../lib/demo/wiki/${page.fileName}`, import.meta.url)).text()
