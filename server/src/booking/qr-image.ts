// The QR code as a picture.
import { toBuffer, toString } from 'qrcode'

// Medium correction survives a scratched screen; the quiet margin of four modules is the standard's.
const shape = { errorCorrectionLevel: 'M', margin: 4 } as const

/** As vectors, for a screen. */
export function qrSvg(token: string): Promise<string> {
  return toString(token, { ...shape, type: 'svg' })
}

/** 512 pixels wide, enough for print. */
export function qrPng(token: string): Promise<Buffer> {
  return toBuffer(token, { ...shape, type: 'png', width: 512 })
}
