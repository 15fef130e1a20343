// Starts the app.
import { bootstrapApplication } from '@angular/platform-browser'
import { App } from './app/shell/app.ts'
import { appConfig } from './app/shell/app-config.ts'

bootstrapApplication(App, appConfig).catch((error: unknown) => {
  // Nothing is running that could show it: the words in the page are all there is.
  document.body.append('FitFlow could not start. Please reload the page.')
  throw error
})
