/** Anything JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** A member Graph may leave out or send as null: both occur. */
export type Maybe<Value> = Value | null | undefined
