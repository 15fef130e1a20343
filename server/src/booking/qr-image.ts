// The QR code as a picture.
import { toBuffer, toString } from 'qrcode'

// Medium correction survives a scratched screen; the quiet margin of four modules is the standard's.
const shape = { errorCorrectionLevel: 'M', margin: 4 } as const

/** As vectors, for a screen. */
export function qrSvg(token: string): Promise<string> {
  return toString(token, { ...shape, type: 'svg' })
}

/** In pixels: enough for print. */
export const printWidth = 512

// Most lines are the one above again: to say just that takes a third of the time of trying every filter on each (PNG, 9.2: 2 is "Up").
const rendererOpts = { filterType: 2 } as object

/** As pixels, sharp on a telephone unless told. Drawing takes time by the square of the width, and a mail is drawn for each booking. */
export function qrPng(token: string, width = 256): Promise<Buffer> {
  return toBuffer(token, { ...shape, type: 'png', width, rendererOpts })
}
