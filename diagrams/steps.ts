/** What a drawing lights at each click, in turn: ids of nodes. An edge is lit with both its ends. */
export type Steps = string[][]

/** The steps of a source, from its comments: one `%% step ID ID …` a click. */
export function readSteps(source: string): Steps {
  return [...source.matchAll(/^\s*%% step (.+)$/gm)].map(([, ids]) => ids!.trim().split(/\s+/))
}
