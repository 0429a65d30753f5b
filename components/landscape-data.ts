/** A project of the CNCF that has graduated or is incubating. */
export interface Project { name: string, maturity: 'graduated' | 'incubating', graduated?: string }

/** One category of the landscape. */
export interface Category { name: string, items: number, projects: Project[] }

/** The part of data/landscape.json that the picture needs. */
export interface LandscapeData {
  /** Where it comes from, ending in the date: `…, landscape.yml of 2026-08-07`. */
  source: string
  items: number
  maturity: { graduated: number, incubating: number, sandbox: number, archived: number }
  categories: { name: string, items: number, subcategories: { projects?: { name: string, maturity: string, graduated?: string }[] }[] }[]
}

/** A long name's abbreviation, where it gives one: `The Update Framework (TUF)` is TUF. */
export function shortName(name: string): string {
  return /\(([A-Z]{2,})\)$/.exec(name)?.[1] ?? name.replace(/ (?:Project|Linux)$/, '')
}

/** The categories by name, each with its projects: graduated ones first, in the data's order. */
export function categoriesOf(data: LandscapeData): Map<string, Category> {
  return new Map(data.categories.map(({ name, items, subcategories }) => {
    const all = subcategories.flatMap(({ projects = [] }) => projects) as Project[]
    const projects = ['graduated', 'incubating'].flatMap(maturity => all.filter(project => project.maturity === maturity))
    return [name, { name, items, projects }]
  }))
}

/** The day of the data, as an ISO date. */
export function dateOf({ source }: LandscapeData): string {
  return /\d{4}-\d{2}-\d{2}/.exec(source)?.[0] ?? ''
}
