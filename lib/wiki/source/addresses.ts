// A host name as URL parsing leaves it: lower case, ASCII, look-alike letters encoded as xn--….
const fandomName = /^(?:[a-z0-9_-]+\.)*fandom\.com$/

/**
 * Whether an address is on a true Fandom host, so that Fandom's own rules hold for it: named exactly
 * `fandom.com` or under it, over https, at the default port, without credentials. What is judged is
 * the address as parsed, for that is where a request goes, however it was written.
 */
export function isFandomUrl(address: string | URL): boolean {
  const url = URL.parse(address.toString())
  return (
    url !== null &&
    url.protocol === "https:" &&
    url.port === "" &&
    url.username === "" &&
    url.password === "" &&
    fandomName.test(url.hostname)
  )
}

/**
 * Why a page must not be taken from an address, or null where it may. A page of Fandom comes from
 * Fandom's hosts over https only. Any other page comes from its own host and port over http or
 * https; a redirect may lead it from http to https, never back.
 */
export function addressProblem(page: URL, address: URL): string | null {
  if (address.protocol !== "https:" && address.protocol !== "http:")
    return `only http and https are read, not ${address.protocol}`
  if (address.username !== "" || address.password !== "") return "the address has credentials in it"
  if (address.protocol === "http:" && page.protocol !== "http:")
    return "which is not encrypted although the page is"
  if (isFandomUrl(page)) return isFandomUrl(address) ? null : "which is not a host of Fandom"
  return address.host === page.host ? null : "which is another host"
}

/**
 * Where Fandom shows what a version of a page changed: against an earlier version where that is known,
 * else against the one before it. Null where the version is unknown, or the wiki is another's and its
 * addresses may be of another form.
 */
export function diffAddress(
  page: string,
  revision: number | null,
  previousRevision: number | null,
): string | null {
  if (revision === null || !isFandomUrl(page)) return null
  const { origin, pathname } = new URL(page)
  const [, wiki = ""] = /^(\/[^/]+)\/(?:wiki\/|index\.php$)/.exec(pathname) ?? []
  const against = previousRevision === null ? "" : `&oldid=${previousRevision}`
  return `${origin}${wiki}/index.php?diff=${revision}${against}`
}
