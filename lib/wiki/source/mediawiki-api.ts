import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { WikiPage } from "../catalogue.ts"
import { contentStart } from "../page/content.ts"
import { decoded, servedPageScript } from "../page/served-page.ts"
import {
  ApiAnswerUnreadable,
  type ApiError,
  ApiRefused,
  PageMissing,
  type RequestInfo,
} from "./page-errors.ts"

/** An address of an article: the path of its wiki, and its title where the path has that. */
const article = /^((?:\/[^/]+)?)\/(?:wiki\/(.+?)\/?|index\.php)$/

/** Parameters that ask for something else than the article as it is now. */
const otherThanNow = ["oldid", "diff", "curid"]

const isCategory = (title: string) => title.startsWith("Category:")

/** What to ask the API for: a parsed page, or the members of a category, which are not part of its page. */
const parametersFor = (title: string) =>
  isCategory(title)
    ? {
        ...{ action: "query", list: "categorymembers", cmtitle: title },
        ...{ cmtype: "page", cmlimit: "500" },
      }
    : { action: "parse", page: title, prop: "text|revid", redirects: "1" }

/**
 * Where MediaWiki's API has a page, or a category's members. The API is next to the `wiki/` of a page's
 * address, so that a wiki in another language (`/de/wiki/…`) is asked for its own pages. Null where the
 * API would not return what the address does: an earlier revision, or no article at all.
 */
export const apiAddress = (page: WikiPage): URL | null => {
  const { origin, pathname, searchParams } = new URL(page.url)
  const [found, root, path] = article.exec(pathname) ?? []
  const title = path === undefined ? searchParams.get("title") : decoded(path)
  if (found === undefined || title === null || otherThanNow.some((name) => searchParams.has(name)))
    return null
  const address = new URL(`${origin}${root}/api.php`)
  address.search = new URLSearchParams({
    ...parametersFor(title),
    ...{ format: "json", formatversion: "2" },
  }).toString()
  return address
}

const Redirect = Schema.Struct({
  from: Schema.String,
  to: Schema.String,
  tofragment: Schema.optionalKey(Schema.String),
})

const Parsed = Schema.Struct({
  title: Schema.String,
  text: Schema.String,
  revid: Schema.Int,
  redirects: Schema.optionalKey(Schema.Array(Redirect)),
})

const Listed = Schema.Struct({
  categorymembers: Schema.Array(Schema.Struct({ title: Schema.String })),
})

const Answer = Schema.fromJsonString(
  Schema.Union([
    Schema.Struct({ parse: Parsed }),
    Schema.Struct({ query: Listed }),
    Schema.Struct({ error: Schema.Struct({ code: Schema.String, info: Schema.String }) }),
  ]),
)

const decodeAnswer = Schema.decodeUnknownResult(Answer)

const inAddress = (title: string) => title.replaceAll(" ", "_")

/** The page as its skin would frame it, so that a saved copy has its title and revision too. */
function framed({ title, text, revid, redirects = [] }: typeof Parsed.Type): string {
  const [first] = redirects
  const script = servedPageScript({
    title: inAddress(title),
    revision: revid,
    redirectedFrom: first === undefined ? null : inAddress(first.from),
    section: redirects.at(-1)?.tofragment ?? null,
  })
  return `<!DOCTYPE html>\n<meta charset="UTF-8">\n${script}\n${text}`
}

/** The members of a category as its page would list them. */
function memberList({ categorymembers }: typeof Listed.Type): string {
  const links = categorymembers.map(
    ({ title }) => `<a href="/wiki/${encodeURIComponent(inAddress(title))}"></a>`,
  )
  return `<!DOCTYPE html>\n<meta charset="UTF-8">\n<div id="mw-pages">${links.join("")}</div>`
}

/** Reads the API's answer: the HTML of the page, or why there is none. */
export function readAnswer(
  title: string,
  json: string,
  info: RequestInfo,
): Result.Result<string, ApiError> {
  const unreadable = (problem: string) => Result.fail(new ApiAnswerUnreadable({ ...info, problem }))
  const answer = decodeAnswer(json)
  if (Result.isFailure(answer)) return unreadable("is not what MediaWiki answers for a page")
  if ("error" in answer.success) {
    const { error } = answer.success
    return error.code === "missingtitle"
      ? Result.fail(new PageMissing({ ...info, title }))
      : Result.fail(new ApiRefused({ ...info, code: error.code, info: error.info }))
  }
  if ("query" in answer.success) return Result.succeed(memberList(answer.success.query))
  const { parse } = answer.success
  if (contentStart(parse.text) === null) return unreadable("has no content (mw-parser-output)")
  return Result.succeed(framed(parse))
}
