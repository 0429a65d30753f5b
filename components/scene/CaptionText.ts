import type { FunctionalComponent } from 'vue'
import { h } from 'vue'

/** A caption in which names such as `node-2` stay on one line; without joiners in them, as those would hide a name from a search. */
export const CaptionText: FunctionalComponent<{ text: string }> = ({ text }) =>
  text.split(/([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+)/u).map((part, index) => index % 2 ? h('span', { style: 'white-space: nowrap' }, part) : part)
CaptionText.props = ['text']
