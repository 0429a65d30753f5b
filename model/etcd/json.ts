// Models Go's encoding/json scanner: its syntax errors are what the gateway answers

/** A JSON value with the place of each part in the text, which protobuf's errors name. */
export interface Json {
  kind: 'object' | 'array' | 'string' | 'number' | 'bool' | 'null'
  /** Offset in the text. */
  at: number
  /** The token as it stands: of an object or array the bracket alone. */
  raw: string
  members: { name: string, at: number, raw: string, value: Json }[]
  items: Json[]
}

/** A text that isn't JSON, with Go's words for it. */
export class JsonSyntaxError extends Error {}

/**
 * The first JSON value of a text; undefined for an empty text. What follows it is not looked at.
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): Json | undefined {
  let at = 0
  const fail = (context: string): never => {
    if (at >= text.length)
      throw new JsonSyntaxError('unexpected EOF')
    const char = String.fromCodePoint(text.codePointAt(at)!)
    throw new JsonSyntaxError(`invalid character ${char === '\'' ? String.raw`'\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1)}'`} ${context}`)
  }
  const space = () => {
    while (' \t\r\n'.includes(text[at] ?? 'x'))
      at += 1
  }
  const leaf = (kind: Json['kind'], from: number): Json => ({ kind, at: from, raw: text.slice(from, at), members: [], items: [] })

  function string(): Json {
    const from = at++
    for (; text[at] !== '"'; at++) {
      if (at >= text.length || text.charCodeAt(at) < 0x20)
        fail('in string literal')
      if (text[at] !== '\\')
        continue
      at += 1
      if (text[at] === 'u') {
        for (let i = 0; i < 4; i++) {
          at += 1
          if (!/[\da-f]/i.test(text[at] ?? ''))
            fail('in \\u hexadecimal character escape')
        }
      }
      else if (!'"\\/bfnrt'.includes(text[at] ?? 'x')) {
        fail('in string escape code')
      }
    }
    at += 1
    return leaf('string', from)
  }

  function digits(context: string): void {
    if (!/\d/.test(text[at] ?? ''))
      fail(context)
    while (/\d/.test(text[at] ?? ''))
      at += 1
  }

  function number(): Json {
    const from = at
    if (text[at] === '-')
      at += 1
    if (text[at] === '0')
      at += 1
    else
      digits('in numeric literal')
    if (text[at] === '.') {
      at += 1
      digits('after decimal point in numeric literal')
    }
    if (text[at] === 'e' || text[at] === 'E') {
      at += 1
      if (text[at] === '+' || text[at] === '-')
        at += 1
      digits('in exponent of numeric literal')
    }
    return leaf('number', from)
  }

  function literal(word: string): Json {
    const from = at
    for (const letter of word) {
      if (text[at] !== letter)
        fail(`in literal ${word} (expecting '${letter}')`)
      at += 1
    }
    return leaf(word === 'null' ? 'null' : 'bool', from)
  }

  function array(): Json {
    const json = leaf('array', at++)
    space()
    if (text[at] === ']') {
      at += 1
      return json
    }
    for (;;) {
      json.items.push(value())
      space()
      if (text[at] === ']') {
        at += 1
        return json
      }
      if (text[at] !== ',')
        fail('after array element')
      at += 1
    }
  }

  function object(): Json {
    const json = leaf('object', at++)
    space()
    if (text[at] === '}') {
      at += 1
      return json
    }
    for (;;) {
      space()
      if (text[at] !== '"')
        fail('looking for beginning of object key string')
      const name = string()
      space()
      if (text[at] !== ':')
        fail('after object key')
      at += 1
      json.members.push({ name: JSON.parse(name.raw) as string, at: name.at, raw: name.raw, value: value() })
      space()
      if (text[at] === '}') {
        at += 1
        return json
      }
      if (text[at] !== ',')
        fail('after object key:value pair')
      at += 1
    }
  }

  function value(): Json {
    space()
    const char = text[at] ?? ''
    if (char === '{')
      return object()
    if (char === '[')
      return array()
    if (char === '"')
      return string()
    if (char === '-' || /\d/.test(char))
      return number()
    const word = { t: 'true', f: 'false', n: 'null' }[char]
    return word ? literal(word) : fail('looking for beginning of value')
  }

  space()
  return at < text.length ? value() : undefined
}
