// The icons the app uses, each bundled as text out of Material Symbols (rounded, weight 400).
import add from '@material-symbols/svg-400/rounded/add.svg'
import allInclusive from '@material-symbols/svg-400/rounded/all_inclusive.svg'
import archive from '@material-symbols/svg-400/rounded/archive.svg'
import arrowDownward from '@material-symbols/svg-400/rounded/arrow_downward.svg'
import arrowUpward from '@material-symbols/svg-400/rounded/arrow_upward.svg'
import badge from '@material-symbols/svg-400/rounded/badge.svg'
import bedtime from '@material-symbols/svg-400/rounded/bedtime.svg'
import calendarMonth from '@material-symbols/svg-400/rounded/calendar_month.svg'
import calendarMonthFill from '@material-symbols/svg-400/rounded/calendar_month-fill.svg'
import category from '@material-symbols/svg-400/rounded/category.svg'
import categoryFill from '@material-symbols/svg-400/rounded/category-fill.svg'
import check from '@material-symbols/svg-400/rounded/check.svg'
import checkCircle from '@material-symbols/svg-400/rounded/check_circle.svg'
import chevronLeft from '@material-symbols/svg-400/rounded/chevron_left.svg'
import chevronRight from '@material-symbols/svg-400/rounded/chevron_right.svg'
import close from '@material-symbols/svg-400/rounded/close.svg'
import cloudOff from '@material-symbols/svg-400/rounded/cloud_off.svg'
import confirmationNumber from '@material-symbols/svg-400/rounded/confirmation_number.svg'
import confirmationNumberFill from '@material-symbols/svg-400/rounded/confirmation_number-fill.svg'
import contrast from '@material-symbols/svg-400/rounded/contrast.svg'
import creditCard from '@material-symbols/svg-400/rounded/credit_card.svg'
import darkMode from '@material-symbols/svg-400/rounded/dark_mode.svg'
import dashboard from '@material-symbols/svg-400/rounded/dashboard.svg'
import dragIndicator from '@material-symbols/svg-400/rounded/drag_indicator.svg'
import edit from '@material-symbols/svg-400/rounded/edit.svg'
import error from '@material-symbols/svg-400/rounded/error.svg'
import eventAvailable from '@material-symbols/svg-400/rounded/event_available.svg'
import eventBusy from '@material-symbols/svg-400/rounded/event_busy.svg'
import eventRepeat from '@material-symbols/svg-400/rounded/event_repeat.svg'
import group from '@material-symbols/svg-400/rounded/group.svg'
import groups from '@material-symbols/svg-400/rounded/groups.svg'
import groupsFill from '@material-symbols/svg-400/rounded/groups-fill.svg'
import hourglassTop from '@material-symbols/svg-400/rounded/hourglass_top.svg'
import info from '@material-symbols/svg-400/rounded/info.svg'
import key from '@material-symbols/svg-400/rounded/key.svg'
import queryStats from '@material-symbols/svg-400/rounded/query_stats.svg'
import lightMode from '@material-symbols/svg-400/rounded/light_mode.svg'
import login from '@material-symbols/svg-400/rounded/login.svg'
import logout from '@material-symbols/svg-400/rounded/logout.svg'
import mail from '@material-symbols/svg-400/rounded/mail.svg'
import manageAccounts from '@material-symbols/svg-400/rounded/manage_accounts.svg'
import manageAccountsFill from '@material-symbols/svg-400/rounded/manage_accounts-fill.svg'
import moreHoriz from '@material-symbols/svg-400/rounded/more_horiz.svg'
import moreVert from '@material-symbols/svg-400/rounded/more_vert.svg'
import notifications from '@material-symbols/svg-400/rounded/notifications.svg'
import pause from '@material-symbols/svg-400/rounded/pause.svg'
import person from '@material-symbols/svg-400/rounded/person.svg'
import personAdd from '@material-symbols/svg-400/rounded/person_add.svg'
import personFill from '@material-symbols/svg-400/rounded/person-fill.svg'
import playArrow from '@material-symbols/svg-400/rounded/play_arrow.svg'
import publish from '@material-symbols/svg-400/rounded/publish.svg'
import qrCode2 from '@material-symbols/svg-400/rounded/qr_code_2.svg'
import receiptLong from '@material-symbols/svg-400/rounded/receipt_long.svg'
import redeem from '@material-symbols/svg-400/rounded/redeem.svg'
import refresh from '@material-symbols/svg-400/rounded/refresh.svg'
import report from '@material-symbols/svg-400/rounded/report.svg'
import schedule from '@material-symbols/svg-400/rounded/schedule.svg'
import search from '@material-symbols/svg-400/rounded/search.svg'
import settings from '@material-symbols/svg-400/rounded/settings.svg'
import settingsFill from '@material-symbols/svg-400/rounded/settings-fill.svg'
import sms from '@material-symbols/svg-400/rounded/sms.svg'
import star from '@material-symbols/svg-400/rounded/star.svg'
import storefront from '@material-symbols/svg-400/rounded/storefront.svg'
import timer from '@material-symbols/svg-400/rounded/timer.svg'
import toll from '@material-symbols/svg-400/rounded/toll.svg'
import tollFill from '@material-symbols/svg-400/rounded/toll-fill.svg'
import unarchive from '@material-symbols/svg-400/rounded/unarchive.svg'
import undo from '@material-symbols/svg-400/rounded/undo.svg'
import verified from '@material-symbols/svg-400/rounded/verified.svg'
import visibilityOff from '@material-symbols/svg-400/rounded/visibility_off.svg'
import webhook from '@material-symbols/svg-400/rounded/webhook.svg'

export const icons = {
  add,
  allInclusive,
  archive,
  arrowDownward,
  arrowUpward,
  badge,
  bedtime,
  calendarMonth,
  calendarMonthFill,
  category,
  categoryFill,
  check,
  checkCircle,
  chevronLeft,
  chevronRight,
  close,
  cloudOff,
  confirmationNumber,
  confirmationNumberFill,
  contrast,
  creditCard,
  darkMode,
  dashboard,
  dragIndicator,
  edit,
  error,
  eventAvailable,
  eventBusy,
  eventRepeat,
  group,
  groups,
  groupsFill,
  hourglassTop,
  info,
  key,
  queryStats,
  lightMode,
  login,
  logout,
  mail,
  manageAccounts,
  manageAccountsFill,
  moreHoriz,
  moreVert,
  notifications,
  pause,
  person,
  personAdd,
  personFill,
  playArrow,
  publish,
  qrCode2,
  receiptLong,
  redeem,
  refresh,
  report,
  schedule,
  search,
  settings,
  settingsFill,
  sms,
  star,
  storefront,
  timer,
  toll,
  tollFill,
  unarchive,
  undo,
  verified,
  visibilityOff,
  webhook,
} as const

export type IconName = keyof typeof icons
