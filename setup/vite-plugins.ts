import { defineVitePluginsSetup } from '@slidev/types'
import { deckMessage } from './deck-message.ts'
import { yamlMessages } from './yaml-messages.ts'

export default defineVitePluginsSetup(() => [yamlMessages(), deckMessage()])
