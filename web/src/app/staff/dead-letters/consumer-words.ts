// The parts of the house that act on events, as one says them.

interface Words {
  name: string
  /** What has not happened as long as its event lies here. */
  undone: string
}

const known: Record<string, Words> = {
  'waitlist-manager': { name: 'Waitlist', undone: 'Nobody who waits was offered a spot because of these.' },
  'policy-enforcer': { name: 'Strikes and fees', undone: 'No strike, fee or forfeited credit came of these.' },
  analytics: { name: 'Figures', undone: 'The counts of these days may be short.' },
  notifications: { name: 'Messages', undone: 'Nobody was written to because of these.' },
  webhooks: { name: 'Webhooks', undone: 'These were not sent to your own systems.' },
}

/** A part by its name; one that is new here by the name it has in the house. */
export function consumerWords(consumer: string): Words {
  return known[consumer] ?? { name: consumer, undone: 'What it does has not happened for these.' }
}
