// What URL parsing leaves of a name: lower case, ASCII, look-alike letters spelt out as xn--….
const fandomName = /^(?:[a-z0-9_-]+\.)*fandom\.com$/

/**
 * Whether an address is on a true Fandom host, so that Fandom's own rules hold for it: named exactly
 * `fandom.com` or under it, over https, at the default port, without credentials. What is judged is
 * the address as parsed, for that is where a request goes, however it was written.
 */
export const isFandomUrl = (address: string | URL): boolean => {
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
