import { sql } from 'drizzle-orm'

/** True where the resource of `impact_items i` is one of those of `impact_changes c`; a bitmap may end before it. */
export const isMember = sql`case when i.ordinal < 8 * length(c.members) then get_bit(c.members, i.ordinal) = 1 else false end`
