// Models pkg/scheduler/framework/plugins/nodename/node_name.go
import type { Plugin } from '../framework.ts'
import { unresolvable } from '../framework.ts'

/** Lets a pod that names a node go there alone. */
export function nodeName(): Plugin {
  return {
    name: 'NodeName',
    filter({ pod: { pod } }, { name }) {
      return pod.spec.nodeName && pod.spec.nodeName !== name
        ? unresolvable(`node(s) didn't match the requested node name`)
        : undefined
    },
  }
}
