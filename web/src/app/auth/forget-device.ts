// A device shows what its signed-in person is told: once they have left, it shows nothing of theirs any more.

/** Ends the browser's subscription; its push service then tells the studio that it is gone. */
export async function forgetDevice(): Promise<void> {
  const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined
  // A browser without push has no manager, whatever its type says.
  const manager: PushManager | undefined = registration?.pushManager
  const subscription = await manager?.getSubscription()
  await subscription?.unsubscribe()
}
