import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bands, body, bodyGap, code, comparison, gaps, lead, margin, padding, quote, reading, statement, table, title } from '../../compiler/geometry.ts'
import * as measure from '../../compiler/measure.ts'
import * as layouts from '../../components/frame/wholeWords.ts'

const css = (name: string) => readFileSync(new URL(`../../styles/${name}.css`, import.meta.url), 'utf8')

/** The value of a custom property or property in the first rule whose selector ends as given. */
function value(sheet: string, selector: string, property: string): string | undefined {
  const rule = css(sheet).split('}').find(part => part.includes(`${selector} {`))
  return new RegExp(`(?:^|[\\s;{])${property}:\\s*([^;]+);`).exec(rule?.slice(rule.indexOf(`${selector} {`)) ?? '')?.[1]
}

describe('style sheets and the table that the compiler measures with', () => {
  it('agree on type and space', () => {
    const token = (name: string) => value('tokens', ':root', name)
    expect(token('--type-title')).toBe(`${title.size}px`)
    expect(token('--type-body')).toBe(`${body.size}px`)
    expect(token('--type-body-small')).toBe(`${body.small}px`)
    expect(token('--type-code')).toBe(`${code.size}px`)
    expect(token('--type-code-small')).toBe(`${code.small}px`)
    expect(token('--type-table')).toBe(`${table.size}px`)
    expect(token('--type-lead')).toBe(`${lead.size}px`)
    expect(token('--margin')).toBe(`${margin}px`)
    expect(token('--item-gap')).toBe(`${gaps.item}px`)
    expect(token('--cell')).toBe(`${padding.cell.y}px`)
    expect(value('frame', '.podium .slide-body', 'margin-top')).toBe(`${bodyGap}px`)
  })

  it('agree on the line of links, which has air above it', () => {
    // As strong a selector as that of other paragraphs, which have no margin.
    const of = (property: string) => value('frame', '.slidev-layout.podium .slide-reading', property)
    expect(of('margin')).toBe(`${reading.gap}px 0 -${reading.gap}px`)
    expect(of('line-height')).toBe(`${reading.height}px`)
    expect(reading.gap).toBeGreaterThanOrEqual(8)
  })

  it('agree on the large size', () => {
    const token = (name: string) => value('frame', '.slidev-layout.podium.large', name)
    expect(token('--type-body')).toBe(`${body.large}px`)
    expect(token('--type-code')).toBe(`${code.large}px`)
    expect(token('--type-table')).toBe(`${table.large}px`)
    expect(token('--item-gap')).toBe(`${gaps.largeItem}px`)
  })

  it('agree on the medium size', () => {
    const token = (name: string) => value('frame', '.slidev-layout.podium.medium', name)
    expect(token('--type-body')).toBe(`${body.medium}px`)
    expect(token('--item-gap')).toBe(`${gaps.mediumItem}px`)
  })

  it('agree on the bands of a short comparison', () => {
    const sheet = css('layouts')
    const rule = sheet.slice(sheet.indexOf('.slidev-layout.podium.comparison.banded {'))
    const of = (selector: string, property: string) => new RegExp(`${selector} \\{[^}]*?\\b${property}: ([^;]+);`).exec(rule)?.[1]
    expect(of('\\.side', 'padding')).toBe(`${bands.y}px 0`)
    expect(of('\\.side h2', 'font-size')).toBe(`${bands.label}px`)
    expect(of('\\.side h2', 'padding-inline')).toBe(`${bands.x}px`)
    expect(of('\\.side p', 'padding-inline-end')).toBe(`${bands.x}px`)
    expect(of('\\.side\\.dated h2', 'font-size')).toBe(`${bands.date}px`)
    expect(of('\\.verdict ~ h2', 'padding-inline-start')).toBe(`${bands.x + bands.sign}px`)
    const grid = sheet.slice(sheet.indexOf('.podium.comparison.banded .slide-aside {'))
    expect(grid).toContain(`gap: ${bands.between}px 0;`)
    expect(grid).toContain(`fit-content(${bands.widest + bands.x + bands.gap + 3}px)`)
  })

  it('agree on comparisons', () => {
    expect(value('layouts', '.podium.comparison', '--type-body')).toBe(`${comparison.size}px`)
    const sheet = css('layouts')
    const rule = sheet.slice(sheet.indexOf('.slidev-layout.podium.comparison {'))
    expect(/&\.large \{\s*--type-body: (\S+);/.exec(rule)?.[1]).toBe(`${comparison.large}px`)
    expect(/&\.small \{\s*--type-body: (\S+);/.exec(rule)?.[1]).toBe(`${comparison.small}px`)
    expect(value('frame', '.slidev-layout.podium.large', '--cell')).toBe(`${padding.cell.largeY}px`)
  })

  it('agree on which words with a hyphen stay whole', () => {
    expect(layouts.RE_WHOLE).toEqual(measure.RE_WHOLE)
    expect('CRI-O and k8s-io, not kube-proxy nor a-very-long-one'.match(layouts.RE_WHOLE)).toEqual(['CRI-O', 'k8s-io'])
  })

  it('agree on statements and quotes', () => {
    expect(value('layouts', '.podium.statement .slide-text', 'font-size')).toBe(`${statement.size}px`)
    expect(value('layouts', '.podium.statement.small .slide-text', 'font-size')).toBe(`${statement.small}px`)
    expect(value('layouts', '.podium.statement.large .slide-text', 'font-size')).toBe(`${statement.large}px`)
    expect(value('layouts', '.podium.quote blockquote', 'font-size')).toBe(`${quote.size}px`)
    expect(value('layouts', '.podium.quote.large blockquote', 'font-size')).toBe(`${quote.large}px`)
  })
})
