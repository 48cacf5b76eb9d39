import project from "../../../package.json" with { type: "json" }

/** Where the project can be found by those who see it in their logs. */
const repository = "https://github.com/towerstats/towerstats"

/** How the suite introduces itself to a wiki. */
export const userAgent = `TowerStats/${project.version} (+${repository})`
