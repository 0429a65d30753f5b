// Models Go's sort.Sort (pattern-defeating quicksort, Go 1.19 and later), with which etcd sorts a range

import { sorting } from './range.ts'

/** A list being sorted in place. */
interface Sorting<T> { list: T[], less: (a: T, b: T) => boolean, shifts: Shifts }

/** How the random numbers are made that break patterns: left, right, left. */
type Shifts = readonly [bigint, bigint, bigint]

const maxInsertion = 12
/** From so many elements on the pivot is the median of nine, and nearly sorted runs are mended. */
const large = 50

/**
 * Sorts a copy. Go's sort leaves equal elements in no particular order once there are more than 12; but which one is fixed by
 * its steps, and seen in etcd's answers: hence the same steps here. Go 1.19 had other `shifts`.
 */
export function sortUnstable<T>(list: readonly T[], less: (a: T, b: T) => boolean, shifts: Shifts = [13n, 7n, 17n]): T[] {
  const sorting = { list: [...list], less, shifts }
  sortBetween(sorting, 0, list.length, 32 - Math.clz32(list.length))
  return sorting.list
}

function below<T>({ list, less }: Sorting<T>, i: number, j: number): boolean {
  return less(list[i]!, list[j]!)
}

function swap<T>({ list }: Sorting<T>, i: number, j: number): void {
  const item = list[i]!
  list[i] = list[j]!
  list[j] = item
}

function sortBetween<T>(s: Sorting<T>, a: number, b: number, limit: number): void {
  let balanced = true
  let partitioned = true
  while (b - a > maxInsertion) {
    const length = b - a
    if (limit === 0)
      return heapSort(s, a, b)
    if (!balanced) {
      breakPatterns(s, a, b)
      limit -= 1
    }
    let { pivot, swaps } = choosePivot(s, a, b)
    if (swaps === 12) {
      for (let i = a, j = b - 1; i < j; i++, j--)
        swap(s, i, j)
      pivot = b - 1 - (pivot - a)
      swaps = 0
    }
    if (balanced && partitioned && swaps === 0 && mendRuns(s, a, b))
      return
    if (a > 0 && !below(s, a - 1, pivot)) {
      a = partitionEqual(s, a, b, pivot)
      continue
    }
    const [middle, already] = partition(s, a, b, pivot)
    partitioned = already
    const [left, right] = [middle - a, b - middle]
    balanced = Math.min(left, right) >= length >> 3
    if (left < right) {
      sortBetween(s, a, middle, limit)
      a = middle + 1
    }
    else {
      sortBetween(s, middle + 1, b, limit)
      b = middle
    }
  }
  for (let i = a + 1; i < b; i++) {
    for (let j = i; j > a && below(s, j, j - 1); j--)
      swap(s, j, j - 1)
  }
}

/** What is below the pivot to the left, the rest to the right; where the pivot came to stand, and whether it was so already. */
function partition<T>(s: Sorting<T>, a: number, b: number, pivot: number): [number, boolean] {
  swap(s, a, pivot)
  let [i, j] = [a + 1, b - 1]
  for (let already = true; ; already = false) {
    while (i <= j && below(s, i, a))
      i += 1
    while (i <= j && !below(s, j, a))
      j -= 1
    if (i > j) {
      swap(s, j, a)
      return [j, already]
    }
    swap(s, i++, j--)
  }
}

/** What equals the pivot to the left; where the greater ones begin. */
function partitionEqual<T>(s: Sorting<T>, a: number, b: number, pivot: number): number {
  swap(s, a, pivot)
  let [i, j] = [a + 1, b - 1]
  for (;;) {
    while (i <= j && !below(s, a, i))
      i += 1
    while (i <= j && below(s, a, j))
      j -= 1
    if (i > j)
      return i
    swap(s, i++, j--)
  }
}

/** The index of the pivot, and how many swaps would have ordered the candidates: 0 looks sorted, 12 looks reversed. */
function choosePivot<T>(s: Sorting<T>, a: number, b: number): { pivot: number, swaps: number } {
  let swaps = 0
  const median = (...candidates: [number, number, number]): number => {
    for (const at of [0, 1, 0]) {
      const [i, j] = [candidates[at]!, candidates[at + 1]!]
      if (below(s, j, i)) {
        swaps += 1
        candidates[at] = j
        candidates[at + 1] = i
      }
    }
    return candidates[1]
  }
  const quarter = (b - a) >> 2
  let candidates = [a + quarter, a + quarter * 2, a + quarter * 3] as [number, number, number]
  if (b - a >= large)
    candidates = candidates.map(at => median(at - 1, at, at + 1)) as typeof candidates
  return { pivot: median(...candidates), swaps }
}

/** Moves an element left, as far as it is smaller. */
function sink<T>(s: Sorting<T>, from: number): void {
  for (let j = from; j >= 1 && below(s, j, j - 1); j--)
    swap(s, j, j - 1)
}

/** Puts a few misplaced elements right; whether all is sorted then. */
function mendRuns<T>(s: Sorting<T>, a: number, b: number): boolean {
  let i = a + 1
  for (let steps = 0; steps < 5; steps++) {
    while (i < b && !below(s, i, i - 1))
      i += 1
    if (i === b)
      return true
    if (b - a < large)
      return false
    swap(s, i, i - 1)
    if (i - a >= 2)
      sink(s, i - 1)
    for (let j = i + 1; j < b && below(s, j, j - 1); j++)
      swap(s, j, j - 1)
  }
  return false
}

/** Scatters three elements, chosen by a random number made of the length. */
function breakPatterns<T>(s: Sorting<T>, a: number, b: number): void {
  const length = b - a
  const modulus = 1n << BigInt(32 - Math.clz32(length))
  let random = BigInt(length)
  const first = a + (length >> 2) * 2 - 1
  for (let i = 0; i < 3; i++) {
    random = BigInt.asUintN(64, random ^ (random << s.shifts[0]))
    random ^= random >> s.shifts[1]
    random = BigInt.asUintN(64, random ^ (random << s.shifts[2]))
    const other = Number(random & (modulus - 1n))
    swap(s, first + i, a + (other >= length ? other - length : other))
  }
}

function heapSort<T>(s: Sorting<T>, a: number, b: number): void {
  const sift = (root: number, end: number) => {
    for (;;) {
      let child = 2 * root + 1
      if (child >= end)
        return
      if (child + 1 < end && below(s, a + child, a + child + 1))
        child += 1
      if (!below(s, a + root, a + child))
        return
      swap(s, a + root, a + child)
      root = child
    }
  }
  for (let i = (b - a - 1) >> 1; i >= 0; i--)
    sift(i, b - a)
  for (let i = b - a - 1; i >= 0; i--) {
    swap(s, a, a + i)
    sift(0, i)
  }
}

sorting.unstable = sortUnstable
