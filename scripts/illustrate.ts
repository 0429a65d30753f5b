import type { Illustration } from '../compiler/illustration.ts'
import type { DeckPlan, Json, SlidePlan } from '../compiler/plan.ts'
import type { Language } from '../locales/translate.ts'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sceneCues } from '../scenes/cues.ts'

/** The illustrations of a plan, and what it names that isn't there. */
export interface Illustrations { illustrations: Map<string, Illustration>, problems: string[] }

/** Turns a plan's diagrams, scenes and components into what stands on the slides; plays each scene for the speaker's cues. */
export async function illustrate(plan: DeckPlan, root: string): Promise<Illustrations> {
  const illustrations = new Map<string, Illustration>()
  const problems: string[] = []
  const diagrams = namesIn(join(root, 'diagrams'))
  const components = namesIn(join(root, 'components'))
  for (const [key, slide] of Object.entries(plan.slides ?? {})) {
    const missing = slide.diagram !== undefined && !diagrams.has(slide.diagram)
      ? `diagram ${slide.diagram}`
      : slide.component !== undefined && !components.has(slide.component) ? `component ${slide.component}` : undefined
    if (missing) {
      problems.push(`deck.config.ts: ${key}: there is no ${missing}`)
      continue
    }
    try {
      const illustration = await illustrationOf(slide, plan.language as Language)
      if (illustration)
        illustrations.set(key, illustration)
    }
    catch (error) {
      problems.push(`deck.config.ts: ${key}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { illustrations, problems }
}

async function illustrationOf(slide: SlidePlan, language: Language): Promise<Illustration | undefined> {
  if (slide.scene !== undefined) {
    const input = slide.input === undefined ? '' : ` :input='${attribute(slide.input)}'`
    const cues = await sceneCues(slide.scene, slide.input, language)
    return { markup: `<Scene name="${slide.scene}"${input} />`, cues, wide: true, speaks: true, props: { preload: false } }
  }
  if (slide.diagram !== undefined) {
    const steps = slide.steps ? ` :steps='${attribute(slide.steps)}'` : ''
    return { markup: `<Diagram name="${slide.diagram}"${steps} />` }
  }
  if (slide.component !== undefined) {
    const props = Object.entries(slide.props ?? {}).map(([name, value]) =>
      typeof value === 'string' ? ` ${name}="${value.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"` : ` :${name}='${attribute(value)}'`)
    return { markup: `<${slide.component}${props.join('')} />` }
  }
  return undefined
}

/** JSON for a single-quoted attribute. */
function attribute(value: Json): string {
  return JSON.stringify(value).replace(/&/g, '&amp;').replace(/'/g, '&#39;').replace(/</g, '&lt;')
}

/** The names of a folder's files, without their endings. */
function namesIn(folder: string): Set<string> {
  return new Set(existsSync(folder) ? readdirSync(folder).map(file => file.split('.')[0]!) : [])
}
