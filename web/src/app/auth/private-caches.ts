// What the service worker keeps for offline belongs to one person: it is emptied when that person leaves.

/** Empties the caches rather than deleting them: a running worker would keep serving from a deleted one. */
export async function forgetPrivateCaches(): Promise<void> {
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) {
    if (!name.includes(':data:') || !name.endsWith(':cache')) continue
    const kept = await caches.open(name)
    for (const request of await kept.keys()) await kept.delete(request)
  }
}
