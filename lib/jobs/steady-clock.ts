import { type Clock, systemClock } from 'pg-boss'

/** For the queue's own waits: begins with the time of day and then only grows, whatever somebody sets the clock to. */
export const steadyClock: Clock = { ...systemClock, now: () => performance.timeOrigin + performance.now() }
