// Every page and its address. Each feature is a chunk of its own and knows no other.
import type { Routes } from '@angular/router'
import { admin, signedIn, staff } from '../auth/guards.ts'
import { MemberShell } from './member-shell.ts'

const member: Routes = [
  { path: '', title: 'Classes', loadComponent: async () => (await import('../member/browse/browse-page.ts')).BrowsePage },
  { path: 'one-to-one', title: 'One to one', loadComponent: async () => (await import('../member/one-to-one/one-to-one-page.ts')).OneToOnePage },
  { path: 'class/:id', title: 'Class', loadComponent: async () => (await import('../member/class/class-page.ts')).ClassPage },
  {
    path: 'bookings',
    canActivate: [signedIn],
    children: [
      { path: '', title: 'My bookings', loadComponent: async () => (await import('../member/bookings/bookings-page.ts')).BookingsPage },
      { path: 'standing', title: 'Standing reservations', loadComponent: async () => (await import('../member/standing/standing-page.ts')).StandingPage },
      { path: 'standing/new', title: 'Standing reservation', loadComponent: async () => (await import('../member/standing/reserve-page.ts')).ReservePage },
      { path: ':id', title: 'Booking', loadComponent: async () => (await import('../member/bookings/booking-page.ts')).BookingPage },
    ],
  },
  {
    path: 'credits',
    title: 'Credits',
    canActivate: [signedIn],
    loadComponent: async () => (await import('../member/credits/credits-page.ts')).CreditsPage,
  },
  {
    path: 'strikes',
    title: 'Strikes and fees',
    canActivate: [signedIn],
    loadComponent: async () => (await import('../member/strikes/strikes-page.ts')).StrikesPage,
  },
  { path: 'me/keys', title: 'Keys for programs', canActivate: [signedIn], loadComponent: async () => (await import('../member/keys/keys-page.ts')).KeysPage },
  {
    path: 'me/notifications',
    title: 'What you are told',
    canActivate: [signedIn],
    loadComponent: async () => (await import('../member/notifications/notifications-page.ts')).NotificationsPage,
  },
  {
    path: 'me/messages',
    title: 'What you were told',
    canActivate: [signedIn],
    loadComponent: async () => (await import('../member/notifications/my-messages-page.ts')).MyMessagesPage,
  },
  { path: 'me', title: 'Me', canActivate: [signedIn], loadComponent: async () => (await import('../member/me/me-page.ts')).MePage },
]

const house: Routes = [
  { path: '', title: 'Sessions', loadComponent: async () => (await import('../staff/sessions/sessions-page.ts')).SessionsPage },
  { path: 'calendar', title: 'Calendar', loadComponent: async () => (await import('../staff/calendar/calendar-page.ts')).CalendarPage },
  { path: 'board', title: 'Live board', loadComponent: async () => (await import('../staff/board/board-page.ts')).BoardPage },
  { path: 'sessions/new', title: 'New session', loadComponent: async () => (await import('../staff/sessions/new-session-page.ts')).NewSessionPage },
  { path: 'sessions/:id', title: 'Session', loadComponent: async () => (await import('../staff/sessions/session-page.ts')).SessionPage },
  { path: 'templates', title: 'Templates', loadComponent: async () => (await import('../staff/templates/templates-page.ts')).TemplatesPage },
  { path: 'templates/:id', title: 'Template', loadComponent: async () => (await import('../staff/templates/template-page.ts')).TemplatePage },
  { path: 'series', title: 'Series', loadComponent: async () => (await import('../staff/series/all-series-page.ts')).AllSeriesPage },
  { path: 'series/new', title: 'New series', loadComponent: async () => (await import('../staff/series/new-series-page.ts')).NewSeriesPage },
  { path: 'series/:id', title: 'Series', loadComponent: async () => (await import('../staff/series/series-page.ts')).SeriesPage },
  { path: 'closures', title: 'Closures', loadComponent: async () => (await import('../staff/closures/closures-page.ts')).ClosuresPage },
  {
    path: 'closures/new',
    title: 'Close the studio',
    canActivate: [admin],
    loadComponent: async () => (await import('../staff/closures/new-closure-page.ts')).NewClosurePage,
  },
  { path: 'one-to-ones', title: '1:1s', loadComponent: async () => (await import('../staff/one-to-ones/one-to-ones-page.ts')).OneToOnesPage },
  { path: 'one-to-ones/:id', title: '1:1', loadComponent: async () => (await import('../staff/one-to-ones/one-to-one-page.ts')).OneToOnePage },
  { path: 'clients', title: 'Clients', loadComponent: async () => (await import('../staff/clients/clients-page.ts')).ClientsPage },
  { path: 'clients/:id', title: 'Client', loadComponent: async () => (await import('../staff/clients/client-page.ts')).ClientPage },
  {
    path: 'clients/:id/penalties',
    title: 'Strikes and fees',
    loadComponent: async () => (await import('../staff/penalties/client-penalties-page.ts')).ClientPenaltiesPage,
  },
  {
    path: 'people',
    title: 'Users and roles',
    canActivate: [admin],
    loadComponent: async () => (await import('../staff/people/people-page.ts')).PeoplePage,
  },
  { path: 'messages', title: 'Messages', canActivate: [admin], loadComponent: async () => (await import('../staff/messages/messages-page.ts')).MessagesPage },
  { path: 'messages/:id', title: 'Message', canActivate: [admin], loadComponent: async () => (await import('../staff/messages/message-page.ts')).MessagePage },
  {
    path: 'webhooks',
    canActivate: [admin],
    children: [
      { path: '', title: 'Webhooks', loadComponent: async () => (await import('../staff/webhooks/webhooks-page.ts')).WebhooksPage },
      { path: 'new', title: 'New webhook', loadComponent: async () => (await import('../staff/webhooks/new-webhook-page.ts')).NewWebhookPage },
      { path: ':id', title: 'Webhook', loadComponent: async () => (await import('../staff/webhooks/webhook-page.ts')).WebhookPage },
      { path: ':id/edit', title: 'Change the webhook', loadComponent: async () => (await import('../staff/webhooks/edit-webhook-page.ts')).EditWebhookPage },
    ],
  },
  {
    path: 'dead-letters',
    title: 'Dead letters',
    canActivate: [admin],
    loadComponent: async () => (await import('../staff/dead-letters/dead-letters-page.ts')).DeadLettersPage,
  },
  {
    path: 'daily-check',
    title: 'Daily check',
    canActivate: [admin],
    loadComponent: async () => (await import('../staff/daily-check/daily-check-page.ts')).DailyCheckPage,
  },
  {
    path: 'settings',
    title: 'Settings',
    canActivate: [admin],
    loadComponent: async () => (await import('../staff/settings/settings-page.ts')).SettingsPage,
  },
  {
    path: 'settings/changes',
    title: 'Changes of the settings',
    canActivate: [admin],
    loadComponent: async () => (await import('../staff/settings/changes-page.ts')).ChangesPage,
  },
]

const doors: Routes = [
  { path: 'sign-in', title: 'Sign in', loadComponent: async () => (await import('../auth/sign-in-page.ts')).SignInPage },
  { path: 'sign-in/link', title: 'Sign in by mail', loadComponent: async () => (await import('../auth/sign-in-link-page.ts')).SignInLinkPage },
  { path: 'confirm', title: 'Your address', loadComponent: async () => (await import('../auth/confirm-page.ts')).ConfirmPage },
  { path: 'sign-up', title: 'Create an account', loadComponent: async () => (await import('../auth/sign-up-page.ts')).SignUpPage },
  { path: 'setup', title: 'Open the studio', loadComponent: async () => (await import('../auth/setup-page.ts')).SetupPage },
  { path: 'forgot-password', title: 'Forgotten password', loadComponent: async () => (await import('../auth/forgot-password-page.ts')).ForgotPasswordPage },
  { path: 'unsubscribe', title: 'Fewer mails', loadComponent: async () => (await import('../auth/unsubscribe-page.ts')).UnsubscribePage },
  { path: 'reset-password', title: 'New password', loadComponent: async () => (await import('../auth/reset-password-page.ts')).ResetPasswordPage },
]

const nowhere: Routes = [
  { path: '**', title: 'Not found', loadComponent: async () => (await import('./not-found-page.ts')).NotFoundPage },
]

export const routes: Routes = [
  ...doors,
  { path: 'staff', canActivate: [staff], loadComponent: async () => (await import('./staff-shell.ts')).StaffShell, children: [...house, ...nowhere] },
  { path: '', component: MemberShell, children: [...member, ...nowhere] },
]
