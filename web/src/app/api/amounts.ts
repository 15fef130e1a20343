// Credits, money and counts in words.
import type { Money } from '@fitflow/contract/scalars.ts'
import type { Session } from '@fitflow/contract/sessions.ts'

/** 1 spot, 2 spots */
export const counted = (count: number, one: string, many = `${one}s`): string => `${plain(count)} ${count === 1 ? one : many}`

/** 12, 12.5, with the true minus sign */
export const plain = (value: number): string =>
  new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }).format(value).replace('-', '−')

export const creditsOf = (credits: number): string => counted(credits, 'credit')

const moneyFormat = (currency: string): Intl.NumberFormat => new Intl.NumberFormat('en-IE', { style: 'currency', currency })

/** Digits of a currency's minor unit: 2 for EUR, 0 for JPY. */
export const minorDigits = (currency: string): number => moneyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2

export const moneyOf = (money: Money): string => moneyFormat(money.currency).format(money.amount / 10 ** minorDigits(money.currency))

/** What a class costs a member. */
export const priceOf = (price: Session['price']): string => (price.credits === 0 ? 'Free' : creditsOf(price.credits))

/** What a class costs, with the drop-in price where it is sold singly. */
export const wholePriceOf = (price: Session['price']): string =>
  price.money ? `${priceOf(price)} or ${moneyOf(price.money)}` : priceOf(price)
