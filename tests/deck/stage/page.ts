import type { Scene } from '../../../scenes/scene.ts'
import { createApp, h, ref } from 'vue'
import ScenePlayer from '../../../components/scene/ScenePlayer.vue'
import { scripted } from '../../../scenes/play.ts'
import '../../../styles/index.ts'
import './page.css'

/** `?scene=…&lang=…&input=…&step=…&dark`: the player alone, without Slidev, so that every frame can be looked at quickly. */
const query = new URLSearchParams(location.search)
const scenes = import.meta.glob<{ default: Scene }>('../../../scenes/*.ts')
const load = scenes[`../../../scenes/${query.get('scene')}.ts`]
if (!load)
  throw new Error(`no scene ${query.get('scene')}`)

const step = ref(Number(query.get('step') ?? 0))
const language = query.get('lang') ?? 'en'
document.documentElement.lang = language
document.documentElement.classList.toggle('dark', query.has('dark'))

function go(to: number) {
  step.value = to
}

void load().then(({ default: scene }) => {
  const source = scripted(scene, JSON.parse(query.get('input') ?? 'null') ?? undefined)
  createApp(() => h(ScenePlayer, { source, step: step.value, language, live: true, controls: query.has('controls'), onGo: go })).mount('#app')
  Object.assign(window, { go, frameCount: source.frames.length })
})
