import { isFandomUrl } from "./fandom-host.ts"

/**
 * Why a page must not be taken from an address, or null where it may. A page of Fandom comes from
 * Fandom's hosts over https only. Any other page comes from its own host and port over http or
 * https; a redirect may lead it from http to https, never back.
 */
export const addressProblem = (page: URL, address: URL): string | null => {
  if (address.protocol !== "https:" && address.protocol !== "http:")
    return `only http and https are read, not ${address.protocol}`
  if (address.username !== "" || address.password !== "") return "the address has credentials in it"
  if (address.protocol === "http:" && page.protocol !== "http:")
    return "which is not encrypted although the page is"
  if (isFandomUrl(page)) return isFandomUrl(address) ? null : "which is not a host of Fandom"
  return address.host === page.host ? null : "which is another host"
}
