import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** The TypeScript files of this project that a file imports, by their absolute paths. */
export const importsOf = (file: string): readonly string[] => {
  const paths = readFileSync(file, "utf8").matchAll(/(?:from|import\(|import)\s*"(\.[^"]+\.ts)"/g)
  return [...paths].map(([, path = ""]) => join(dirname(file), path))
}
