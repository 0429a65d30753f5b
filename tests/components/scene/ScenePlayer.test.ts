import type { Frame } from '../../../scenes/scene.ts'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { livePlayer } from '../../../components/frame/livePlayer.ts'
import ScenePlayer from '../../../components/scene/ScenePlayer.vue'
import { play, scripted } from '../../../scenes/play.ts'
import scene from '../../../scenes/scheduler-decision.ts'

const frames = play(scene)

function player(props: object = {}) {
  const wrapper = mount(ScenePlayer, {
    props: { source: scripted(scene), step: 0, language: 'en', live: true, controls: true, onGo: (step: number) => wrapper.setProps({ step }), ...props },
    attachTo: document.body,
  })
  return wrapper
}

// Motion is for a real browser (tests/deck).
vi.stubGlobal('matchMedia', () => ({ matches: true }))

enableAutoUnmount(afterEach)
afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

describe('the player', () => {
  it('has one live region, and its text is the caption', async () => {
    const wrapper = player()
    expect(wrapper.findAll('[aria-live]')).toHaveLength(1)
    await wrapper.setProps({ step: 2 })
    expect(wrapper.get('[aria-live="polite"]').text()).toContain('TaintToleration takes out node-4')
  })

  it('says nothing, moves nothing and has no controls where nobody looks at it', () => {
    const wrapper = player({ live: false, controls: false })
    expect(wrapper.findAll('[aria-live], button, input')).toEqual([])
  })

  it('counts the messages that it does not draw on screen, and not on paper', () => {
    const [frame] = frames
    const source = { ...scripted(scene), frames: [{ ...frame!, unshown: 23 }] }
    expect(player({ source }).text()).toContain('+ 23 messages not shown')
    const paper = player({ source, paper: true, controls: false }).text()
    expect(paper).not.toContain('not shown')
    expect(paper).toContain('Step 1 of 1')
  })

  it('goes by its buttons, its slider and the keys on them, and not beyond its ends', async () => {
    const wrapper = player()
    const [previous, , next] = wrapper.findAll('button')
    const position = () => wrapper.get('.position').text()
    await previous!.trigger('click')
    expect(position()).toBe(`1 / ${frames.length}`)
    await next!.trigger('click')
    expect(position()).toBe(`2 / ${frames.length}`)
    await next!.trigger('keydown', { key: 'End' })
    await next!.trigger('keydown', { key: 'ArrowRight' })
    expect(position()).toBe(`${frames.length} / ${frames.length}`)
    await wrapper.get('input').setValue(3)
    expect(position()).toBe(`4 / ${frames.length}`)
    await next!.trigger('keydown', { key: 'Home' })
    expect(position()).toBe(`1 / ${frames.length}`)
  })

  it('keeps the keys on its controls from the page around, and no others', () => {
    const wrapper = player()
    const heard: string[] = []
    document.body.addEventListener('keydown', event => heard.push(event.key))
    const button = wrapper.findAll('button')[2]!.element
    for (const key of ['ArrowRight', 'o', 'Escape'])
      button.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    expect(heard).toEqual(['o', 'Escape'])
  })

  it('plays to the end by itself and stops there', async () => {
    vi.useFakeTimers()
    const wrapper = player()
    await wrapper.findAll('button')[1]!.trigger('click')
    expect(wrapper.findAll('button')[1]!.attributes('aria-label')).toBe('Pause')
    await vi.advanceTimersByTimeAsync(200_000)
    expect(wrapper.get('.position').text()).toBe(`${frames.length} / ${frames.length}`)
    expect(wrapper.findAll('button')[1]!.attributes('aria-label')).toBe('Play')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('goes on at once when it is played, then after the time that a caption takes to read, and shows how long that is', async () => {
    vi.useFakeTimers()
    const wrapper = player()
    const position = () => wrapper.get('.position').text()
    expect(wrapper.find('.waiting').exists()).toBe(false)
    await wrapper.findAll('button')[1]!.trigger('click')
    expect(position()).toBe(`2 / ${frames.length}`)
    const wait = Number.parseFloat(wrapper.get<HTMLElement>('.waiting').element.style.animationDuration)
    const letters = wrapper.get('figcaption').text().length
    // 120 letters take about 5 s.
    expect(wait / letters).toBeGreaterThan(30)
    expect(wait / letters).toBeLessThan(75)
    await vi.advanceTimersByTimeAsync(wait - 1)
    expect(position()).toBe(`2 / ${frames.length}`)
    await vi.advanceTimersByTimeAsync(1)
    expect(position()).toBe(`3 / ${frames.length}`)
    await wrapper.findAll('button')[1]!.trigger('click')
    expect(wrapper.find('.waiting').exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(position()).toBe(`3 / ${frames.length}`)
  })

  it('begins again when it is played at its end', async () => {
    vi.useFakeTimers()
    const wrapper = player({ step: frames.length - 1 })
    await wrapper.findAll('button')[1]!.trigger('click')
    expect(wrapper.get('.position').text()).toBe(`1 / ${frames.length}`)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(wrapper.get('.position').text()).not.toBe(`1 / ${frames.length}`)
  })

  it('can be played from elsewhere as long as it has controls', async () => {
    vi.useFakeTimers()
    const wrapper = player()
    livePlayer.value!.toggle()
    await wrapper.vm.$nextTick()
    expect(wrapper.findAll('button')[1]!.attributes('aria-label')).toBe('Pause')
    expect(livePlayer.value).toMatchObject({ playing: true, speed: 1 })
    livePlayer.value!.nextSpeed()
    await wrapper.vm.$nextTick()
    expect(wrapper.get('.speed').text()).toBe('1.5×')
    livePlayer.value!.toggle()
    expect(livePlayer.value!.playing).toBe(false)
    await wrapper.setProps({ controls: false })
    expect(livePlayer.value).toBeUndefined()
    await wrapper.setProps({ controls: true })
    expect(livePlayer.value).toBeDefined()
    wrapper.unmount()
    expect(livePlayer.value).toBeUndefined()
  })

  it('stops playing when its slide is left, and leaves no timer behind', async () => {
    vi.useFakeTimers()
    const wrapper = player()
    await wrapper.findAll('button')[1]!.trigger('click')
    await wrapper.setProps({ live: false })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('takes its frames from any source, also one that grows', async () => {
    let grown = () => {}
    const source = { frames: frames.slice(0, 1) as readonly Frame[], subscribe: (changed: () => void) => {
      grown = changed
      return () => {}
    } }
    const wrapper = player({ source })
    expect(wrapper.get('.position').text()).toBe('1 / 1')
    source.frames = frames
    grown()
    await wrapper.vm.$nextTick()
    expect(wrapper.get('.position').text()).toBe(`1 / ${frames.length}`)
  })

  it('speaks the language that it is told, and English for one that it does not know', () => {
    expect(player({ language: 'fr-CA' }).text()).toContain('planificateur')
    expect(player({ language: 'de' }).text()).toContain('scheduler')
  })
})
