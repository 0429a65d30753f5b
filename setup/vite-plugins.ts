import { defineVitePluginsSetup } from '@slidev/types'
import { deckMessage } from './deck-message.ts'
import { knownPackages } from './known-packages.ts'
import { leanSite } from './lean-site.ts'
import { yamlMessages } from './yaml-messages.ts'

export default defineVitePluginsSetup(() => [yamlMessages(), deckMessage(), knownPackages(), leanSite()])
