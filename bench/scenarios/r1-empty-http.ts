// R1: what the HTTP server can do at most, asked for nothing.
import { runOf, type Scenario } from '../scenario.ts'

export const emptyHttp: Scenario = {
  name: 'R1',
  what: 'limit: GET /healthz, 100 connections',
  targets: [],
  async open({ load, ports }) {
    const asks = [{ method: 'GET', path: '/healthz', token: null }] as const
    return async () =>
      runOf(await load.http({ ports: await ports(1), connections: 100, asks, again: true, secondsMax: 2 }), ['200'])
  },
}
