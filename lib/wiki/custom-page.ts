import { pagesFor, type Target, type WikiPage } from "./catalogue.ts"
import { decoded } from "./page/served-page.ts"

/** The page's title: the parameter `title`, as in `index.php?title=…`, else the last segment. */
function titleOf(url: URL): string {
  const segment = url.pathname.split("/").findLast((part) => part !== "")
  const title = url.searchParams.get("title") ?? decoded(segment ?? url.hostname)
  return title.replace(/\.html?$/i, "").replaceAll(" ", "_")
}

/** What an address leads to, however it is written: encoded or not, with or without a fragment. */
const destination = ({ host, pathname, search }: URL) =>
  `${host}${decoded(pathname).replaceAll(" ", "_").replace(/\/$/, "")}${search}`

/**
 * A page for one target at an address of the maintainer's choice. An address of the catalogue,
 * however it is written, is the catalogue's page, so that its rows keep their history.
 */
export function customPage(url: URL, target: Target): WikiPage {
  const listed = pagesFor([target])
    .flatMap((page) => (page.alternative === null ? page : [page, page.alternative]))
    .find((page) => destination(new URL(page.url)) === destination(url))
  if (listed !== undefined) return listed
  const title = titleOf(url)
  const fileName = `${title.replace(/[^\p{L}\p{N}_-]+/gu, "_")}.html`
  return {
    ...{ url: url.href, title, fileName, targets: [target] },
    ...{ alternative: null, mayBeAbsent: false },
  }
}
