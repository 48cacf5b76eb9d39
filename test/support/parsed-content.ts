/** What MediaWiki's `action=parse` returns of a page. */
export interface ParsedContent {
  readonly text: string
  readonly revid: number
}

const divTag = /<(\/?)div\b[^>]*>/g

/** The `div` element that starts at an index, to its end tag. */
const divAt = (html: string, start: number): string => {
  let depth = 0
  for (const tag of html.slice(start).matchAll(divTag)) {
    depth += tag[1] === "/" ? -1 : 1
    if (depth === 0) return html.slice(start, start + tag.index + tag[0].length)
  }
  return html.slice(start)
}

/** A page's content and revision, cut out of the page as the wiki serves it. */
export const parsedContent = (html: string): ParsedContent => ({
  text: divAt(html, html.search(/<div [^>]*class="[^"]*\bmw-parser-output\b/)),
  revid: Number(/"wgRevisionId":(\d+)/.exec(html)?.[1]),
})
