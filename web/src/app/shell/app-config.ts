// What the app is made of at its start: routes, the service worker, and the two questions asked at once.
import { inject, isDevMode, provideAppInitializer, provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core'
import { TitleStrategy, provideRouter, withComponentInputBinding, withInMemoryScrolling, withNavigationErrorHandler, withViewTransitions } from '@angular/router'
import { provideServiceWorker } from '@angular/service-worker'
import { StudioFace } from '../api/studio.ts'
import { Who } from '../auth/who.ts'
import { Theme } from '../ui/theme.ts'
import { StudioTitles } from './studio-titles.ts'
import { routes } from './routes.ts'

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withNavigationErrorHandler(({ url, error }) => {
        // A page of an older version, gone since a newer one was installed: the new one has it.
        if (error instanceof TypeError && /import|module/i.test(error.message)) location.assign(url)
      }),
      withViewTransitions({ skipInitialTransition: true }),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
    ),
    { provide: TitleStrategy, useExisting: StudioTitles },
    provideServiceWorker('ngsw-worker.js', { enabled: !isDevMode(), registrationStrategy: 'registerWhenStable:10000' }),
    provideAppInitializer(() => {
      inject(Theme)
      void inject(Who).known()
      const studio = inject(StudioFace)
      // Without an answer the remembered face stands; pages say themselves what they cannot load.
      void studio.ask().catch(() => undefined)
    }),
  ],
}
