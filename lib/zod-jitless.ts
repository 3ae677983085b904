import { z } from 'zod'

// Zod tries whether it may compile code as soon as a schema is made. The content security policy forbids that and the
// browser reports the try, so whatever makes schemas in a browser imports this file first.
z.config({ jitless: true })
