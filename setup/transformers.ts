import { defineTransformersSetup } from '@slidev/types'
import { importScenes } from './scene-imports.ts'

export default defineTransformersSetup(() => ({
  pre: [importScenes],
  preCodeblock: [],
  postCodeblock: [],
  post: [],
}))
