import { startTestServer } from '#lib/store/testing.ts'

/** Runs once before all tests that need surroundings, and ends with them. */
export default startTestServer
