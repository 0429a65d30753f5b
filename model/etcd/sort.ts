// Models Go's sort.Sort, which etcd sorts a range with

/**
 * Sorts a copy. Go's sort does not keep equal elements in order beyond 12 elements; what it does with them is fixed, though,
 * and seen in etcd's answers.
 */
export function sortUnstable<T>(list: readonly T[], less: (a: T, b: T) => boolean): T[] {
  return [...list].sort((a, b) => less(a, b) ? -1 : less(b, a) ? 1 : 0)
}
