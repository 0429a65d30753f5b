import type { Pod } from '../../objects.ts'
// Models pkg/scheduler/framework/plugins/imagelocality/image_locality.go
import type { Cycle, Plugin } from '../framework.ts'
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

/**
 * The pod's images, each with what it is worth to a node that has it: the size that the first node reported, scaled by how
 * widely it is spread.
 */
function worthOfImages({ pod, snapshot: { byName }, scoreState }: Cycle): { image: string, worth: number }[] {
  const known = scoreState.get('ImageLocality') as ReturnType<typeof worthOfImages> | undefined
  const images = known ?? imagesOf(pod.pod).map((image) => {
    const sizes = [...byName.values()].map(node => sizeOn(node, image)).filter(size => size !== undefined)
    return { image, worth: Math.trunc((sizes[0] ?? 0) * (sizes.length / byName.size)) }
  })
  scoreState.set('ImageLocality', images)
  return images
}

/** Prefers nodes that have the pod's images already, the more the wider these are spread. */
export function imageLocality(): Plugin {
  return {
    name: 'ImageLocality',
    score(cycle, node) {
      const { spec } = cycle.pod.pod
      const sum = worthOfImages(cycle).reduce((total, { image, worth }) => sizeOn(node, image) === undefined ? total : total + worth, 0)
      const most = MOST_PER_CONTAINER * (spec.containers.length + (spec.initContainers?.length ?? 0))
      return divide(Math.min(most, Math.max(LEAST, sum)) - LEAST, MAX_NODE_SCORE, most - LEAST)
    },
  }
}
