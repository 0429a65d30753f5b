import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

interface Project { name: string, maturity: string, accepted: string, graduated?: string }
interface Landscape {
  source: string
  items: number
  maturity: Record<'graduated' | 'incubating' | 'sandbox' | 'archived', number>
  categories: { name: string, items: number, subcategories: { projects: Project[] }[] }[]
  certifiedKubernetes: Record<'Distribution' | 'Hosted' | 'Installer', string[]>
}

const landscape = JSON.parse(readFileSync(join(root, 'data/landscape.json'), 'utf8')) as Landscape
const projects = landscape.categories.flatMap(({ subcategories }) => subcategories.flatMap(sub => sub.projects))

function article(language: string): string {
  return readFileSync(join(root, `article/introducing-kubernetes-architecture.${language}.md`), 'utf8').replace(/(?<=\d)[\u202F,](?=\d{3})/g, '').replace(/[\u00A0\u202F]/g, ' ')
}

/** The year in which a project graduated. */
function graduated(name: string): number {
  return Number(projects.find(project => project.name.toLowerCase() === name)?.graduated?.slice(0, 4))
}

describe('data/landscape.json', () => {
  it('names its source and its date', () => {
    expect(landscape.source).toMatch(/cncf\/landscape.*\d{4}-\d\d-\d\d/)
  })

  it('has as many graduated and incubating projects as it counts', () => {
    for (const maturity of ['graduated', 'incubating'] as const)
      expect(new Set(projects.filter(project => project.maturity === maturity).map(({ name }) => name)).size).toBe(landscape.maturity[maturity])
  })
})

describe.each(['en', 'fr'])('figures of the article (%s)', (language) => {
  const text = article(language)
  const { Distribution, Hosted, Installer } = landscape.certifiedKubernetes

  it('count the landscape as the data does', () => {
    for (const figure of [landscape.items, ...Object.values(landscape.maturity)])
      expect(text).toMatch(new RegExp(`\\b${figure}\\b`))
  })

  it('count the certified offers as the data does', () => {
    expect(text).toContain(`| ${Hosted.length} |`)
    expect(text).toContain(`| ${Distribution.length} |`)
    expect(text).toContain(`| ${Installer.length} |`)
    expect(text).toMatch(new RegExp(`\\b${Hosted.length + Distribution.length + Installer.length}\\b`))
  })

  it('name only offers that are certified, each in its row', () => {
    const short: Record<string, string> = { GKE: 'Google Kubernetes Engine (GKE)', EKS: '(EKS)', AKS: '(AKS)', OpenShift: 'Red Hat OpenShift' }
    const certified = [Hosted, Distribution, Installer]
    const rows = text.match(/^\| [^|]+ \| \d+ \| [^|]+ \|$/gm) ?? []
    expect(rows.length).toBe(3)
    rows.forEach((row, kind) => {
      const names = certified[kind] ?? []
      for (const known of ['GKE', 'EKS', 'AKS', 'OVH Managed Kubernetes', 'Kapsule', 'OpenShift', 'RKE2', 'k3s', 'Canonical Kubernetes', 'Talos Linux', 'Kubespray', 'kOps', 'Gardener', 'KubeOne', 'kind']) {
        if (row.includes(known))
          expect(names.some(name => name.includes(short[known] ?? known)), `${known} in ${row}`).toBe(true)
      }
    })
  })

  it('date the projects of our cluster as the data does', () => {
    expect(text).toContain(`Kubernetes ${language === 'en' ? 'itself' : 'lui-même'} (${graduated('kubernetes')})`)
    expect(text).toMatch(new RegExp(`CoreDNS (?:and|et) containerd \\(${graduated('coredns')}\\), etcd \\(${graduated('etcd')}\\)`))
    expect(graduated('containerd')).toBe(graduated('coredns'))
    for (const name of ['kyverno', 'opentelemetry', 'kubeflow'])
      expect(graduated(name), name).toBe(2026)
  })
})
