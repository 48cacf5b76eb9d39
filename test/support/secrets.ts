/**
 * An address with a password in it, like that of any real database: its own, or one that only a
 * server without passwords accepts. Commands under test never print it; `startScript` sees to that.
 */
export const withPassword = (address: string): URL => {
  const url = new URL(address)
  if (url.password === "") url.password = "top secret/4711"
  return url
}

// A percent sign that encodes nothing stands for itself.
const decode = (text: string): string =>
  decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, "%25"))

// A password that is also the name of the user, host or database gives nothing away.
const spellings = (address: string): readonly string[] => {
  if (!URL.canParse(address)) return []
  const url = new URL(address)
  const { password } = url
  url.password = ""
  return [password, decode(password)].filter((spelling) => !url.href.includes(spelling))
}

/** Whether a text holds the password of an address, as written there or as meant. */
export const holdsPassword = (text: string, address: string): boolean =>
  spellings(address).some((spelling) => text.includes(spelling))
