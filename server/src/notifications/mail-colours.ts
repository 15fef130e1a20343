// The studio's colour as mail programs understand it: plain hex, light and dark. Lightness is ours and only hue and chroma are the
// studio's, as in the web app, so that contrast holds whatever colour it picks.
type Rgb = [number, number, number]

export interface Shades {
  accent: string
  onAccent: string
  soft: string
  onSoft: string
}

export type Tone = 'good' | 'few' | 'held' | 'trouble'

/** Chroma and hue of what is not the studio's: little left, held, trouble. */
const fixed: Record<Exclude<Tone, 'good'>, { chroma: number; hue: number }> = {
  few: { chroma: 0.11, hue: 62 },
  held: { chroma: 0.1, hue: 262 },
  trouble: { chroma: 0.15, hue: 28 },
}

/** The button's colours are the studio's, the label's are the tone's. */
export function shadesOf(seed: string, tone: Tone): { light: Shades; dark: Shades } {
  const { chroma, hue } = chromaAndHue(seed)
  const within = (least: number, most: number) => Math.min(most, Math.max(least, chroma))
  const label = tone === 'good' ? { chroma, hue } : fixed[tone]
  const soft = (lightness: number, most: number) => hex(lightness, Math.min(label.chroma, most), label.hue)
  return {
    light: { accent: hex(0.42, within(0.02, 0.12), hue), onAccent: '#fffdf8', soft: soft(0.95, 0.03), onSoft: soft(0.4, 0.1) },
    dark: { accent: hex(0.8, within(0.02, 0.068), hue), onAccent: hex(0.2, 0.03, hue), soft: soft(0.3, 0.04), onSoft: soft(0.88, 0.07) },
  }
}

const toLinear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const fromLinear = (part: number): number => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055)

/** Of a colour in OKLCH (Björn Ottosson's matrices). */
function chromaAndHue(seed: string): { chroma: number; hue: number } {
  const [r, g, b] = [1, 3, 5].map(at => toLinear(Number.parseInt(seed.slice(at, at + 2), 16) / 255)) as Rgb
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return { chroma: Math.hypot(a, bb), hue: (Math.atan2(bb, a) * 180) / Math.PI }
}

function rgb(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** Less colourful until a screen can show it. */
function hex(lightness: number, chroma: number, hue: number): string {
  const parts = rgb(lightness, chroma, hue)
  if (chroma > 0.001 && parts.some(part => part < -0.0005 || part > 1.0005)) return hex(lightness, chroma * 0.95, hue)
  return `#${parts.map(part => Math.round(fromLinear(Math.min(1, Math.max(0, part))) * 255).toString(16).padStart(2, '0')).join('')}`
}
