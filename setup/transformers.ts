import { defineTransformersSetup } from '@slidev/types'
import { importDrawings } from './drawing-imports.ts'
import { importScenes } from './scene-imports.ts'

export default defineTransformersSetup(() => ({
  pre: [importDrawings, importScenes],
  preCodeblock: [],
  postCodeblock: [],
  post: [],
}))
