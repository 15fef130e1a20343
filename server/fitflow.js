// The door of the command line, in plain JavaScript: an older Node could not even read the TypeScript behind it.
const major = Number(process.versions.node.split('.')[0])

if (major < 26) {
  process.stderr.write(
    `FitFlow runs on Node 26 and this is ${process.version}: after "npm ci", start it with "npm start" or "npm run fitflow -- <command>", which bring their own.\n`,
  )
  process.exit(1)
}

await import('./src/main.ts')
