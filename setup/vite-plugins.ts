import { defineVitePluginsSetup } from '@slidev/types'
import { yamlMessages } from './yaml-messages.ts'

export default defineVitePluginsSetup(() => [yamlMessages()])
