import { modelSize } from './model-size.ts'

/** Gzipped kB of @ngrok/webernetes 0.3.5, the other control plane for browsers, as it was measured in November 2026. */
const webernetes = 140

const { scenes, minified, gzipped, gzippedInChunks, parts } = await modelSize()
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1)
console.log(`the model in the site: ${kilobytes(gzipped)} kB gzipped (${kilobytes(minified)} kB minified), ${kilobytes(gzippedInChunks)} kB in the chunks that it comes in, for ${scenes.join(', ')}`)
for (const [part, bytes] of Object.entries(parts).sort(([, a], [, b]) => b - a))
  console.log(`  ${part}: ${kilobytes(bytes)} kB before minification`)
console.log(`the model / @ngrok/webernetes (about ${webernetes} kB): ${(gzipped / 1000 / webernetes).toFixed(2)} of the bytes`)
