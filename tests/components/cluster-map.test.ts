import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import ClusterMap from '../../components/ClusterMap.vue'
import { actors, symbols } from '../../components/symbols/symbols.ts'
import { actorIds } from '../../scenes/actors.ts'

const went = vi.fn()
vi.mock('@slidev/client', () => ({
  configs: {},
  useNav: () => ({ slides: ref([{ no: 3, meta: { slide: { frontmatter: { title: 'The kubelet makes a pod real', actor: 'kubelet' } } } }]), go: went }),
}))
vi.mock('vue-router', () => ({ useRouter: () => ({ resolve: ({ path }: { path: string }) => ({ href: `#${path}` }) }) }))

describe('map of the cluster', () => {
  it('knows the same nine actors as the scenes, each with a symbol', () => {
    expect([...actors].toSorted()).toEqual([...actorIds].toSorted())
    expect(new Set(actors.map(actor => symbols[actor].strokes.join())).size).toBe(actors.length)
  })

  it.each([...actors])('lights %s and nobody else', (at) => {
    const map = mount(ClusterMap, { props: { at } })
    const here = map.findAll('.place.here')
    expect(here).toHaveLength(1)
    expect(here[0]!.text()).toBe(map.attributes('aria-label')!.split(': ')[1])
  })

  it('leads to the slide of a part', async () => {
    const map = mount(ClusterMap, { props: { at: 'etcd', mini: true } })
    expect(map.findAll('a')).toHaveLength(1)
    await map.get('a').trigger('click')
    expect(went).toHaveBeenCalledWith(3)
    expect(map.get('a').attributes('aria-label')).toBe('kubelet: The kubelet makes a pod real')
  })
})
