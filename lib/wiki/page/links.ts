import { type DomElement, type DomNode, hasClass, parseHtml, walk } from "./dom.ts"
import { comparedTitle, decoded } from "./served-page.ts"
import { normaliseText } from "./text-stack.ts"

/** The links of a row of a table. */
export interface LinkRow {
  /** What the row begins with: the text of its first cell. */
  readonly label: string
  readonly titles: readonly string[]
}

/** Links to pages of the wiki, by where they are. */
export interface PageLinks {
  /** The members that a category page lists. */
  readonly members: readonly string[]
  readonly rows: readonly LinkRow[]
}

/** The page an address of the wiki leads to; null for any other address. */
function linkedTitle(link: DomElement): string | null {
  const [, path] =
    /^(?:https?:\/\/[^/]+)?\/wiki\/([^?#]+)/.exec(link.getAttribute("href") ?? "") ?? []
  return path === undefined ? null : comparedTitle(decoded(path))
}

const listsMembers = (element: DomElement) =>
  element.getAttribute("id") === "mw-pages" || hasClass(element, "category-page__members")

interface OpenRow {
  label: string
  readonly titles: string[]
  readonly text: string[]
  isLabelled: boolean
}

const doctype = /^\s*<!doctype[^>]*>/i

/** Whether a page of the wiki lists the members of a category. */
export const listsCategory = (html: string): boolean =>
  /<[a-z][^<>]*(?:\bid="mw-pages"|\bcategory-page__members\b)/i.test(html)

/** Reads the links of a page: those of its table rows, and the members of a category. */
export function readLinks(html: string): PageLinks {
  const members: string[] = []
  const rows: OpenRow[] = []
  const open: OpenRow[] = []
  let memberList: DomNode | null = null
  // A document type has no sibling in this DOM, so a walk would end at it.
  walk(parseHtml(html.replace(doctype, "")), {
    enter: (element) => {
      if (listsMembers(element)) memberList ??= element
      if (element.localName === "tr") {
        const row = { label: "", titles: [], text: [], isLabelled: false }
        rows.push(row)
        open.push(row)
      }
      if (element.localName !== "a") return true
      const title = linkedTitle(element)
      if (title === null) return true
      if (memberList !== null || hasClass(element, "category-page__member-link"))
        members.push(title)
      open.at(-1)?.titles.push(title)
      return true
    },
    leave: (element) => {
      if (element === memberList) memberList = null
      if (element.localName === "tr") open.pop()
      const row = open.at(-1)
      if ((element.localName === "td" || element.localName === "th") && row && !row.isLabelled) {
        row.label = normaliseText(row.text.join(""))
        row.isLabelled = true
      }
    },
    text: (text) => {
      const row = open.at(-1)
      if (row !== undefined && !row.isLabelled) row.text.push(text)
    },
  })
  return { members, rows: rows.map(({ label, titles }) => ({ label, titles })) }
}
