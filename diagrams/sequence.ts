import type { Page } from 'playwright-chromium'

/** One column of a sequence: who takes part. */
export interface Participant {
  id: string
  /** The actor or thing that it is drawn as, from a comment of the source: `%% symbol ID NAME`. */
  symbol?: string
  lines: string[]
}

/** One row of a sequence. `from` and `to` are indexes of participants. */
export interface Message {
  from: number
  to: number
  text: string
  dashed: boolean
}

export interface Sequence {
  title: string
  description: string
  participants: Participant[]
  messages: Message[]
}

/** Whether a source is a sequence diagram, which Mermaid draws in another way than flowcharts. */
export function isSequence(source: string): boolean {
  return /^\s*sequenceDiagram\b/m.test(source)
}

/** The symbols that a sequence's comments give to its participants. */
export function participantSymbols(source: string): Record<string, string> {
  return Object.fromEntries([...source.matchAll(/^\s*%% symbol (\S+) (\S+)\s*$/gm)].map(([, id, name]) => [id!, name!]))
}

/**
 * Has Mermaid draw a sequence and reads back who stands in which column and what happens in which row.
 * @throws Error with Mermaid's own message if the source is wrong
 */
export async function readSequence(page: Page, source: string): Promise<Sequence> {
  const sequence = await page.evaluate(async (source) => {
    const mermaid = (globalThis as any).mermaid
    mermaid.initialize({ startOnLoad: false, look: 'classic', theme: 'base', sequence: { mirrorActors: false } })
    const main = document.querySelector('main')!
    main.innerHTML = (await mermaid.render('d', source)).svg
    const svg = main.querySelector('svg')!
    const columns = [...svg.querySelectorAll('[data-et="participant"]')].map((element) => {
      const box = element.querySelector('rect')!
      return {
        id: element.getAttribute('data-id')!,
        x: Number(box.getAttribute('x')) + Number(box.getAttribute('width')) / 2,
        lines: [...element.querySelectorAll('tspan')].map(line => line.textContent!),
      }
    }).sort((a, b) => a.x - b.x)
    const nearest = (x: number) => columns.reduce((best, column, index) => Math.abs(column.x - x) < Math.abs(columns[best]!.x - x) ? index : best, 0)
    const lines = [...svg.querySelectorAll('line.messageLine0, line.messageLine1')]
    const texts = [...svg.querySelectorAll('text.messageText')]
    return {
      title: svg.querySelector('title')?.textContent ?? '',
      description: svg.querySelector('desc')?.textContent ?? '',
      participants: columns.map(({ id, lines }) => ({ id, lines })),
      messages: lines.map((line, index) => ({
        from: nearest(Number(line.getAttribute('x1'))),
        to: nearest(Number(line.getAttribute('x2'))),
        text: texts[index]?.textContent ?? '',
        dashed: line.classList.contains('messageLine1'),
      })),
    }
  }, source)
  const symbols = participantSymbols(source)
  return { ...sequence, participants: sequence.participants.map(participant => ({ ...participant, symbol: symbols[participant.id] })) }
}
