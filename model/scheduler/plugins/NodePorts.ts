// Models pkg/scheduler/framework/plugins/nodeports/node_ports.go
import type { Plugin } from '../framework.ts'
import type { HostPort } from '../nodeInfo.ts'
import { unschedulable } from '../framework.ts'

function clash(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol
    && (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0')
}

/** Refuses nodes where a host port of the pod is taken. */
export function nodePorts(): Plugin {
  return {
    name: 'NodePorts',
    preFilter: ({ pod }) => pod.ports.length ? undefined : 'Skip',
    filter({ pod }, node) {
      const taken = node.ports.some(theirs => pod.ports.some(ours => clash(ours, theirs)))
      return taken ? unschedulable(`node(s) didn't have free ports for the requested pod ports`) : undefined
    },
  }
}
