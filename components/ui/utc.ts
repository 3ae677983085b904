/** `2026-11-21 09:30:05 UTC`, for an instant in ISO 8601. */
export const utc = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
