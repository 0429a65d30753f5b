/** The next random number, from 0 (included) to 1 (excluded), of a state of 32 bits. Mulberry32. */
export function nextRandom(state: { random: number }): number {
  state.random = (state.random + 0x6D2B79F5) | 0
  let mixed = state.random
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
