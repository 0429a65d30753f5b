import type { Pod } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/imagelocality/image_locality.go
import type { Plugin } from '../framework.ts'
import type { NodeInfo } from '../nodeInfo.ts'
import { divide, MAX_NODE_SCORE } from '../framework.ts'

const MEBIBYTE = 1024 * 1024
/** Bytes below which an image isn't worth a score. */
const LEAST = 23 * MEBIBYTE
/** Bytes per container above which more doesn't count. */
const MOST_PER_CONTAINER = 1000 * MEBIBYTE

/** The image's name with a tag, as nodes report it. */
function withTag(image: string): string {
  return image.lastIndexOf(':') > image.lastIndexOf('/') ? image : `${image}:latest`
}

function imagesOf({ spec }: Pod): string[] {
  const containers = [...spec.initContainers ?? [], ...spec.containers].map(({ image }) => image ?? '')
  const volumes = (spec.volumes ?? []).flatMap(({ image }) => image ? [image.reference ?? ''] : [])
  return [...containers, ...volumes].map(withTag)
}

function sizeOn({ node }: NodeInfo, image: string): number | undefined {
  return node.status?.images?.find(({ names }) => names?.includes(image))?.sizeBytes
}

/** Prefers nodes that have the pod's images already, the more the wider these are spread. */
export function imageLocality(): Plugin {
  return {
    name: 'ImageLocality',
    preScore({ pod, snapshot, scoreState }) {
      const images = imagesOf(pod.pod).map(image =>
        ({ image, share: snapshot.nodes.filter(node => sizeOn(node, image) !== undefined).length / snapshot.nodes.length }))
      scoreState.set('ImageLocality', images)
      return undefined
    },
    score({ pod: { pod: { spec } }, scoreState }, node) {
      const images = scoreState.get('ImageLocality') as { image: string, share: number }[]
      const sum = images.reduce((total, { image, share }) => total + Math.trunc((sizeOn(node, image) ?? 0) * share), 0)
      const most = MOST_PER_CONTAINER * (spec.containers.length + (spec.initContainers?.length ?? 0))
      return divide(Math.min(most, Math.max(LEAST, sum)) - LEAST, MAX_NODE_SCORE, most - LEAST)
    },
  }
}
