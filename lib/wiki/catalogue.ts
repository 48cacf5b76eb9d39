/** What can be captured from the wiki. */
export const targetNames = [
  "slots",
  "cards_list",
  "bots",
  "guardian_chips",
  "ultimate_weapons",
] as const

export type Target = (typeof targetNames)[number]

/** The targets that a `--target` choice stands for. */
export const targetsOf = (choice: Target | "all"): readonly Target[] =>
  choice === "all" ? targetNames : [choice]

/** How rows are read that are the levels of one entity. */
export interface LevelledRules {
  /** The column each row gains with the entity's display name. */
  readonly entityColumn: string
  /** Whether the rows of a table without `Level` are counted instead. */
  readonly countsRows: boolean
  /** Additional columns for headers that the wiki spells in several ways: alias by header. */
  readonly aliases: Readonly<Record<string, string>>
}

/** How the rows of a target are read. */
export interface TargetRules {
  /** Names the rules a row was read by; stored with the row. */
  readonly parseVersion: string
  /** Null where each row is about an entity of its own. */
  readonly levelled: LevelledRules | null
}

const cooldownAliases = { "Cooldown (s)": "Cooldown", "Cooldown(s)": "Cooldown" }

/** How each target's rows are read; parse versions and columns are part of what is stored. */
export const targetRules: Readonly<Record<Target, TargetRules>> = {
  slots: { parseVersion: "cards_v1", levelled: null },
  cards_list: { parseVersion: "cards_list_v1", levelled: null },
  bots: {
    parseVersion: "bots_v1",
    levelled: { entityColumn: "Bot", countsRows: false, aliases: cooldownAliases },
  },
  guardian_chips: {
    parseVersion: "guardian_chips_v1",
    levelled: {
      entityColumn: "Guardian",
      countsRows: true,
      // The second is the wiki's own typo.
      aliases: { ...cooldownAliases, "Max Recovey": "Max Recovery" },
    },
  },
  ultimate_weapons: {
    parseVersion: "ultimate_weapons_v1",
    levelled: { entityColumn: "Ultimate Weapon", countsRows: true, aliases: cooldownAliases },
  },
}

const targetsByVersion: ReadonlyMap<string, Target> = new Map(
  targetNames.map((target) => [targetRules[target].parseVersion, target]),
)

/** The target whose rules a parse version names; null where no target has them any more. */
export const targetOfVersion = (parseVersion: string): Target | null =>
  targetsByVersion.get(parseVersion) ?? null

/** A page to read and what to read from it. */
export interface WikiPage {
  /** The address stored with every row, fragment included. */
  readonly url: string
  /** The page's title as in its address: `Golden_Bot`. */
  readonly title: string
  /** The name a saved copy of the page has. */
  readonly fileName: string
  readonly targets: readonly Target[]
  /** The page that has the tables where this one has none: the wiki may have moved them. */
  readonly alternative: WikiPage | null
  /** Whether a wiki, or a folder of saved pages, may be older than the page. */
  readonly mayBeAbsent: boolean
}

const wikiAddress = "https://the-tower-idle-tower-defense.fandom.com/wiki/"

/** A page of the wiki by its title. */
export const wikiPage = (title: string, targets: readonly Target[], fragment = ""): WikiPage => ({
  url: `${wikiAddress}${title}${fragment}`,
  title,
  fileName: `${title}.html`,
  targets,
  alternative: null,
  mayBeAbsent: false,
})

const botTitles = ["Amplify_Bot", "Flame_Bot", "Thunder_Bot", "Golden_Bot"]

// The game has it since August 2026.
const newBotTitle = "Bot_Bot"

const weaponTitles = [
  "Chain_Lightning",
  "Smart_Missiles",
  "Death_Wave",
  "Chrono_Field",
  "Inner_Land_Mines",
  "Golden_Tower",
  "Poison_Swamp",
  "Black_Hole",
  "Spotlight",
]

/** The chips that the wiki is known to have tables of, by the anchors of their sections. */
export const chipAnchors = ["Ally_Chip", "Attack_Chip", "Fetch_Chip", "Bounty_Chip", "Summon_Chip"]

/** What a page, or a section of one, may be about: bots, weapons and chips, as in addresses. */
export const entityTitles: readonly string[] = [
  ...botTitles,
  newBotTitle,
  ...weaponTitles,
  ...chipAnchors,
]

/** Every page the suite reads. One that serves several targets is one page. */
export const catalogue: readonly WikiPage[] = [
  wikiPage("Cards", ["slots", "cards_list"]),
  ...botTitles.map((title) => wikiPage(title, ["bots"], "#Cost")),
  { ...wikiPage(newBotTitle, ["bots"], "#Cost"), mayBeAbsent: true },
  {
    ...wikiPage("Guardian", ["guardian_chips"]),
    alternative: wikiPage("Chips", ["guardian_chips"]),
  },
  ...weaponTitles.map((title) => wikiPage(title, ["ultimate_weapons"])),
]

/** The page of this title, alternatives included; null where the catalogue lists none. */
export function listedPage(title: string): WikiPage | null {
  const all = catalogue.flatMap((listed) =>
    listed.alternative === null ? listed : [listed, listed.alternative],
  )
  return all.find((listed) => listed.title === title) ?? null
}

/** The catalogue's pages for these targets, each with those of the targets it serves. */
export function pagesFor(targets: readonly Target[]): readonly WikiPage[] {
  return catalogue
    .map((listed) => ({
      ...listed,
      targets: listed.targets.filter((target) => targets.includes(target)),
    }))
    .filter((listed) => listed.targets.length > 0)
}
