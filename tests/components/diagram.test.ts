import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import Diagram from '../../components/Diagram.vue'
import { addDrawing } from '../../components/drawings.ts'

const offset = ref(-1)
const went = vi.fn()

vi.mock('@slidev/client', () => ({
  useSlideContext: () => ({
    $clicksContext: { calculateSince: () => ({ currentOffset: offset }), register: () => {}, unregister: () => {} },
  }),
  useNav: () => ({
    slides: ref([{ no: 7, meta: { slide: { frontmatter: { title: 'etcd remembers', actor: 'etcd', layout: 'picture' } } } }]),
    go: went,
  }),
}))
vi.mock('vue-router', () => ({ useRouter: () => ({ resolve: ({ path }: { path: string }) => ({ href: `#${path}` }) }) }))

const svg = `<svg xmlns="http://www.w3.org/2000/svg" class="diagram" viewBox="0 0 10 10" aria-labelledby="{id}t" data-steps="[[&quot;a&quot;],[&quot;b&quot;]]">
<title id="{id}t">Two</title>
<g class="edge" data-from="a" data-to="hub"></g><g class="edge" data-from="b" data-to="hub"></g>
<a data-actor="etcd"><g data-node="a"></g></a><a data-actor="kubelet"><g data-node="b"></g></a><g data-node="hub"></g>
</svg>`

describe('diagram', () => {
  beforeEach(() => {
    offset.value = -1
    addDrawing('two', svg)
  })

  it('shows all of it before the first click', () => {
    const picture = mount(Diagram, { props: { name: 'two' } })
    expect(picture.findAll('.dim, .lit')).toEqual([])
    expect(picture.get('title').text()).toBe('Two')
  })

  it('lights the part of each click with its edge, and keeps what was lit before in sight', async () => {
    const picture = mount(Diagram, { props: { name: 'two' } })
    offset.value = 0
    await nextTick()
    expect(picture.findAll('.lit').map(part => part.attributes('data-node') ?? part.attributes('data-from'))).toEqual(['a', 'a'])
    expect(picture.get('[data-node=b]').classes()).toContain('dim')
    expect(picture.get('[data-node=hub]').classes()).not.toContain('dim')
    offset.value = 1
    await nextTick()
    expect(picture.findAll('.dim')).toEqual([])
    expect(picture.get('[data-node=b]').classes()).toContain('lit')
    offset.value = -1
    await nextTick()
    expect(picture.findAll('.dim, .lit')).toEqual([])
  })

  it('has ids of its own when it stands twice in a document', () => {
    const both = mount({ components: { Diagram }, template: '<div><Diagram name="two" /><Diagram name="two" /></div>' })
    const ids = both.findAll('title').map(title => title.attributes('id'))
    expect(new Set(ids).size).toBe(2)
    expect(both.findAll('svg').map(picture => picture.attributes('aria-labelledby'))).toEqual(ids)
  })

  it('leads from an actor to its slide, and nowhere where there is none', async () => {
    const picture = mount(Diagram, { props: { name: 'two' } })
    const [etcd, kubelet] = picture.findAll('a')
    expect(etcd!.attributes('href')).toBe('#/7')
    expect(kubelet!.attributes('href')).toBeUndefined()
    await etcd!.trigger('click')
    expect(went).toHaveBeenCalledWith(7)
  })

  it('says so when there is no such drawing', () => {
    expect(mount(Diagram, { props: { name: 'three' } }).get('[role=alert]').text()).toContain('three')
  })
})
