// What happens, told while it happens: `GET /live`.
import type { Edge } from '../platform/http.ts'
import { openLiveNews } from './live-news.ts'
import type { AdmissionHouse } from './admission-house.ts'

/** Registers the stream of live updates. */
export function liveRoutes(edge: Edge, house: AdmissionHouse): void {
  const news = openLiveNews(house)
  edge.stream(
    {
      ...{ method: 'GET', path: '/live', access: 'client', contentType: 'text/event-stream' },
      summary: 'Hear of spots, of your own holds and offers, and as staff of the studio’s sessions, as they change',
    } as const,
    ({ principal }, { lastEventId, send }) => news.hear({ userId: principal.userId, role: principal.role, lastEventId, send }),
  )
}
