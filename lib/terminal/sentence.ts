/** A text as a sentence: one that ends in a name such as `Alice A.` has its full stop already. */
export function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`
}
