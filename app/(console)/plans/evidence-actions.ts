'use server'
import { z } from 'zod'
import { action } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { requestLookUp } from '#lib/impact/look-up-use.ts'
import { calibratePlan } from '#lib/removal/calibrate-plan.ts'

const ref = z.object({ planId: z.uuid(), impactId: z.uuid() })

/** Holds what was computed of the operator's present access against AWS, by calls that change nothing. */
export const calibrateAction = action('removal:plan', ref, async (input, actor) => calibratePlan(ports(actor), input))

/** Asks for a look-up of who of the affected used what, and when; a job makes it. */
export const lookUpUseAction = action('removal:plan', ref, async (input, actor) => requestLookUp(ports(actor), input))
