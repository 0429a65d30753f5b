import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import { keepWhole } from '../../components/frame/wholeWords.ts'

function shown(...children: Parameters<typeof h>[2][]) {
  return mount({ render: () => keepWhole(h('p', { class: 'text' }, children as string[])) }).html()
}

describe('short words with a hyphen', () => {
  it('stay on one line, the words around them as they were', () => {
    expect(shown('It asks CRI-O, not kube-proxy.')).toBe('<p class="text">It asks <span class="whole">CRI-O</span>, not kube-proxy.</p>')
  })

  it('are found in what is emphasised, and left alone in code', () => {
    expect(shown(h('em', 'through CRI-O'), h('code', 'cri-o'))).toBe('<p class="text"><em>through <span class="whole">CRI-O</span></em><code>cri-o</code></p>')
  })
})
