import { mount } from '@vue/test-utils'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import SceneStage from '../../../components/scene/SceneStage.vue'
import { translateTo } from '../../../components/scene/translateTo.ts'
import { play } from '../../../scenes/play.ts'
import { everyScene } from '../../scenes/every-scene.ts'

describe.each(everyScene.map(scene => [scene.name, scene] as const))('the picture of %s', (_, scene) => {
  const frames = play(scene)
  const propsOf = (at: number, language: string) => ({ frame: frames[at]!, language, translate: translateTo(language) })
  // Ids that tie a title to its table are Vue's own and count up with every instance.
  const markup = (html: string) => html.replaceAll(/\bv-\d+\b/g, 'v')

  it('is a function of the frame and the language alone, whatever was shown before', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.nat(frames.length - 1), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('en', 'fr'),
      async (path, language) => {
        const walked = mount(SceneStage, { props: propsOf(path[0]!, language) })
        for (const at of path.slice(1))
          await walked.setProps(propsOf(at, language))
        const fresh = mount(SceneStage, { props: propsOf(path.at(-1)!, language) })
        expect(markup(walked.html())).toBe(markup(fresh.html()))
        walked.unmount()
        fresh.unmount()
      },
    ), { numRuns: 12 })
  })
})
