import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { categoriesOf, dateOf, shortName } from '../../components/landscape-data.ts'
import Landscape from '../../components/Landscape.vue'
import data from '../../data/landscape.json'

const offset = ref(-1)
vi.mock('@slidev/client', () => ({
  configs: { htmlAttrs: { lang: 'fr' } },
  useSlideContext: () => ({ $clicksContext: { calculateSince: () => ({ currentOffset: offset }), register: () => {}, unregister: () => {} } }),
}))

describe('landscape', () => {
  it('shows every graduated project of the data but in no other state', () => {
    const picture = mount(Landscape)
    const shown = picture.findAll('li.graduated').map(item => item.text())
    const graduated = [...categoriesOf(data).values()].flatMap(({ projects }) => projects).filter(({ maturity }) => maturity === 'graduated')
    expect(shown.toSorted()).toEqual(graduated.map(({ name }) => shortName(name)).toSorted())
    expect(shown).toHaveLength(data.maturity.graduated)
  })

  it('counts in the deck’s language and says how old its data is', () => {
    const text = mount(Landscape).text()
    expect(text).toContain('2\u202F413 fiches')
    expect(text).toContain('7 août 2026')
  })

  it('marks the parts of our own cluster at the second click only', async () => {
    const picture = mount(Landscape)
    expect(picture.classes()).not.toContain('lit-ours')
    offset.value = 1
    await picture.vm.$nextTick()
    expect(picture.classes()).toContain('lit-ours')
    expect(picture.findAll('li.ours').map(item => item.text()).toSorted()).toEqual(['CoreDNS', 'Kubernetes', 'containerd', 'etcd'])
  })

  it('puts graduated projects first and shortens names that give their abbreviation', () => {
    const [first] = categoriesOf({ ...data, categories: [{ name: 'A', items: 2, subcategories: [{ projects: [{ name: 'b', maturity: 'incubating' }, { name: 'c', maturity: 'graduated' }] }] }] }).values()
    expect(first?.projects.map(({ name }) => name)).toEqual(['c', 'b'])
    expect(shortName('The Update Framework (TUF)')).toBe('TUF')
    expect(shortName('Falco')).toBe('Falco')
    expect(dateOf(data)).toBe('2026-08-07')
  })
})
