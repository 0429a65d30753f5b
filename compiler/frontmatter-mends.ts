/**
 * What most often leads to an error of the TOML parser, in words that mend it; else the parser's own.
 * @param line the line on which the parser stopped
 * @param problem what it said
 */
export function mendOfToml(line: string, problem: string): string {
  const [, key, after = ''] = /^\s*([\w-]+)\s*=(.*)$/.exec(line) ?? []
  const value = after.trim()
  // eslint-disable-next-line no-control-regex
  const isOwnControl = /[\u0000-\u0008\u000B-\u001F\u007F]/.test(line)
  if (problem.startsWith('unfinished string') || (problem.startsWith('control characters') && !isOwnControl))
    return 'is a quote left open in this line?'
  if (problem === 'invalid value' && key !== undefined)
    return mendOfValue(key, value) ?? problem
  if (problem.startsWith('illegal character in key') && /^\s*[\w-]+:/.test(line))
    return 'write = in place of : in this line, or fence the front matter with --- in place of +++'
  if (problem.startsWith('each key-value') && /"[^"]*"[^"#]+"/.test(value))
    return 'a quote within the text ends it: write \\" for one that belongs to it'
  return problem.startsWith('unrecognised escape') ? 'write \\\\ for a backslash in the text' : problem
}

function mendOfValue(key: string, value: string): string | undefined {
  if (value === '')
    return `write a value after ${key} =, or take the line out`
  if (/^(?:true|false|yes|no)$/i.test(value))
    return `write true or false, in small letters: ${key} = ${/^[ty]/i.test(value)}`
  return /^[^"'[{\d]/.test(value) ? `put the text between straight quotes: ${key} = "${value.replace(/["“”„«»]/g, '').trim()}"` : undefined
}

/**
 * The same for the YAML parser.
 * @param problem what it said
 */
export function mendOfYaml(problem: string): string {
  if (problem.startsWith('Nested mappings'))
    return 'put a text that has a colon between quotes, and begin every key at the left'
  if (problem.startsWith('Missing closing'))
    return 'is a quote left open here or above?'
  if (problem.startsWith('Unexpected scalar'))
    return 'put the whole text between quotes, and double those within it'
  if (problem.startsWith('Plain value cannot start'))
    return 'put the text between quotes'
  return problem
}
