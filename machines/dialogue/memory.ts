/** What a dialogue shape remembers while it goes on; digits and recordings are elsewhere, in `private`. */

/** By the ids of the shapes, which XState keeps apart. */
export type Dialogue = { readonly [id: string]: Remembered }

export type Remembered = {
  /** How often the shape has asked again. */
  readonly retries: number
  /** `sequenceId`s of the digits kept, ascending: the digits stand in this order. */
  readonly heard: readonly number[]
  /** Whom the shape has rung, by the id of the command that did. */
  readonly rings: { readonly [command: string]: Ring }
  /** Id of the participant whom the shape holds with music. */
  readonly held?: string | undefined
}

/** One invitation of a shape, and what has become of it. */
export type Ring = {
  /** The target, as the author named them. */
  readonly who: string
  /** `recalled`: asked to be taken back; `late`: picked up after somebody else had. */
  readonly state: 'ringing' | 'recalled' | 'joined' | 'late' | 'gone'
  /** What Graph knows the invitation by: its roster entry where the roster lists it, else its operation. */
  readonly invitation?: string | undefined
}

export const nothing: Remembered = { retries: 0, heard: [], rings: {} }

type Remembering = { readonly dialogue?: Dialogue | undefined }

/** What a shape remembers. */
export function remembered({ dialogue }: Remembering, id: string): Remembered {
  return dialogue?.[id] ?? nothing
}

/** The context's part that is new once a shape remembers this as well. */
export function remember(context: Remembering, id: string, news: Partial<Remembered>) {
  const dialogue: Dialogue = {
    ...context.dialogue,
    [id]: { ...remembered(context, id), ...news },
  }
  return { dialogue }
}
