/** The part of fontkit that measuring needs: the package ships no types. */
declare module 'fontkit' {
  export interface Font {
    readonly unitsPerEm: number
    readonly fvar?: { axis: { axisTag: string, defaultValue: number }[] }
    hasGlyphForCodePoint: (codePoint: number) => boolean
    glyphForCodePoint: (codePoint: number) => { advanceWidth: number }
  }
  export function openSync(file: string): Font
}
