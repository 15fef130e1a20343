// Icons are bundled as text, so that no request leaves for them.
declare module '*.svg' {
  const markup: string
  export default markup
}
