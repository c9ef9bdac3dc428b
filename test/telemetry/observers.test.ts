import { expect, test } from 'vitest'
import { type EngineRecord, Observers } from '../../src/telemetry/index.ts'

const ended = (key: string): EngineRecord => ({ kind: 'ended', atMs: 0, key })

test('every observer is told, each from when it came until it went', () => {
  const observers = new Observers()
  const told: string[] = []
  const stopFirst = observers.add((record) => told.push(`first ${'key' in record && record.key}`))
  observers.tell(ended('a'))
  const stopSecond = observers.add((record) => told.push(`second ${'key' in record && record.key}`))
  observers.tell(ended('b'))
  stopFirst()
  observers.tell(ended('c'))
  stopSecond()
  observers.tell(ended('d'))
  expect(told).toEqual(['first a', 'first b', 'second b', 'second c'])
})

test('is watched exactly while somebody looks', () => {
  const observers = new Observers()
  expect(observers.isWatched).toBe(false)
  const look = () => {}
  const stops = [observers.add(look), observers.add(look)]
  stops[0]?.()
  stops[0]?.()
  expect(observers.isWatched).toBe(true)
  stops[1]?.()
  expect(observers.isWatched).toBe(false)
})

test('an observer that throws keeps nobody else from being told, and is warned of once', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error) => warnings.push(warning)
  process.on('warning', hear)
  const observers = new Observers()
  const told: string[] = []
  observers.add(() => {
    throw new TypeError('bob@fabrikam.com is not a function')
  })
  observers.add(({ kind }) => told.push(kind))
  observers.tell(ended('a'))
  observers.tell(ended('a'))
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  expect(told).toEqual(['ended', 'ended'])
  expect(warnings.map(({ message }) => message)).toEqual([
    'An observer threw (TypeError); it is told on.',
  ])
})

test('an observer that goes while it is told misses no other its record', () => {
  const observers = new Observers()
  const told: string[] = []
  const stop = observers.add(() => stop())
  observers.add(() => told.push('second'))
  observers.tell(ended('a'))
  expect(told).toEqual(['second'])
})
