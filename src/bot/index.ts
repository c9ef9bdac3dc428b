/**
 * The composition root: a chart and a configuration become a running bot.
 *
 * May import: everything but what people use (cli/, testkit/).
 * Read: options, then createBot; parts (what a bot is made of), with apps and registrations, prompts, presence and admin; duty and bot (at work),
 * drain and takeOver (from one process to the next).
 * Not here: what any of the parts does.
 */
export { appsOf, withApps } from './apps.ts'
export type { Bot } from './bot.ts'
export { createBot } from './createBot.ts'
export type { BotOptions } from './options.ts'
export { promptFoldersOf } from './prompts.ts'
