import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Which page the wiki served, as far as its HTML says: it may not be the page requested. */
export interface ServedPage {
  /** The title of the page: `Golden_Bot`. */
  readonly title: string | null
  /** The title of the page that led here by a redirect. */
  readonly redirectedFrom: string | null
  /** The anchor of the section that a redirect leads to. */
  readonly section: string | null
}

const variable = (name: string) =>
  new RegExp(String.raw`"${name}"\s*:\s*("(?:[^"\\]|\\.){1,1000}")`)

const titleVariable = variable("wgPageName")
const redirectVariable = variable("wgRedirectedFrom")
const targetVariable = variable("wgInternalRedirectTargetUrl")
const canonicalLink = /<link\b[^<>]{0,200}\brel="canonical"[^<>]{0,200}?\bhref="([^"<>]{1,1000})"/

const decodeLiteral = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.String))

const readText = (pattern: RegExp, frame: string): string | null =>
  Option.getOrNull(decodeLiteral(pattern.exec(frame)?.[1]))

/** A part of an address in plain letters; as it is where it is not validly encoded. */
export const decoded = (part: string): string =>
  Result.getOrElse(
    Result.try(() => decodeURIComponent(part)),
    () => part,
  )

/** A title as it is compared: as in an address, its first letter in upper case. */
export function comparedTitle(title: string): string {
  const underscored = title.replaceAll(" ", "_")
  return underscored.slice(0, 1).toUpperCase() + underscored.slice(1)
}

function titleOf(address: string): string | null {
  const [, title] = /\/wiki\/([^?#]+)/.exec(address) ?? []
  return title === undefined ? null : decoded(title)
}

const compared = (title: string | null) => (title === null ? null : comparedTitle(title))

/** Reads what the wiki's skin says about the page before its content. */
export function readServedPage(frame: string): ServedPage {
  const [, canonical] = canonicalLink.exec(frame) ?? []
  const [, section] = /#(.+)$/.exec(readText(targetVariable, frame) ?? "") ?? []
  return {
    title: compared(readText(titleVariable, frame) ?? titleOf(canonical ?? "")),
    redirectedFrom: compared(readText(redirectVariable, frame)),
    section: section === undefined ? null : decoded(section).replaceAll(" ", "_"),
  }
}

/** A script in which the skin of a page would say the same, for content that comes without one. */
export function servedPageScript({
  revision,
  title,
  redirectedFrom,
  section,
}: ServedPage & { readonly revision: number }): string {
  const fragment = section === null ? "" : `#${section}`
  const variables = {
    wgPageName: title,
    wgRevisionId: revision,
    ...(redirectedFrom === null
      ? {}
      : {
          wgRedirectedFrom: redirectedFrom,
          wgInternalRedirectTargetUrl: `/wiki/${encodeURI(title ?? "")}${fragment}`,
        }),
  }
  return `<script>RLCONF=${JSON.stringify(variables).replaceAll("<", "\\u003C")};</script>`
}
