import { expect, it } from 'vitest'
import { buildSite } from '../../scripts/site.ts'
import { startPage } from '../../scripts/start-page.ts'

const decks = [
  { entry: 'slides.md', language: 'en', title: 'Kubernetes <architecture>' },
  { entry: 'slides.fr.md', language: 'fr', title: 'L’architecture & Kubernetes' },
]

it.each(['talks', '/talks', 'talks/', '//evil.example/', '/a b/', 'https://x.example/'])('refuses the base %s in one line', async (base) => {
  await expect(buildSite({ decks, out: 'dist/never', base })).rejects.toThrow(/^--base .* slash at both ends.*$/)
})

it('offers each deck in its own language, with titles as text', () => {
  const page = startPage(decks)
  expect(page).toContain('<a href="en/" hreflang="en" lang="en"><b>English</b> <span>Kubernetes &lt;architecture&gt;</span></a>')
  expect(page).toContain('<a href="fr/" hreflang="fr" lang="fr"><b>Français</b> <span>L’architecture &amp; Kubernetes</span></a>')
})

it('loads nothing from elsewhere and runs no script within the page', () => {
  const page = startPage(decks)
  expect(page).not.toMatch(/https?:|\bon\w+=|<script>|<style>/)
})
