import { Client } from 'pg'
import type { Server } from './postgres.ts'

/** When which row tells of itself, at the commit of its change. */
const signs = {
  checkMade: {
    on: 'update on impacts',
    when: `new.starting is not null and new.state = 'ready' and old.state <> 'ready'`,
  },
  claimed: { on: 'update on items', when: `new.state = 'claimed' and old.state <> 'claimed'` },
  sent: { on: 'update on items', when: 'new.sent_at is not null and old.sent_at is null' },
} as const
type Sign = keyof typeof signs

const GATE_KEY = 4711

/** Whoever has a claim is being told that it may send; not for the first time, perhaps. */
const isToldToSend = `new.sent_at is not null and new.state = 'claimed' and old.state = 'claimed' and new.fence = old.fence`

/**
 * Triggers of the harness' own: rows tell of their changes, and a call that is about to be sent for the resource in
 * `chaos_gate` waits for whoever holds the lock.
 */
export async function installSigns(server: Server): Promise<void> {
  await server.query(`create table chaos_gate (arn text primary key);
    create function chaos_tell() returns trigger language plpgsql as $$
      begin perform pg_notify('chaos_' || lower(tg_argv[0]), ''); return null; end $$;
    create function chaos_wait() returns trigger language plpgsql as $$
      begin
        if exists (select from chaos_gate where arn = new.arn) then perform pg_advisory_xact_lock(${GATE_KEY}); end if;
        return null;
      end $$;
    create trigger chaos_gate after update on items for each row
      when (${isToldToSend}) execute function chaos_wait();`)
  for (const [sign, { on, when }] of Object.entries(signs))
    await server.query(`create trigger chaos_${sign} after ${on} for each row when (${when})
      execute function chaos_tell('${sign}')`)
}

/** Listens for the next row that changes so. */
export async function watchRows(server: Server, sign: Sign) {
  const client = new Client(server.url)
  let isTold = false
  client.on('notification', () => {
    isTold = true
  })
  client.on('error', () => {})
  await client.connect()
  await client.query(`listen chaos_${sign.toLowerCase()}`)
  return { isTold: () => isTold, end: () => client.end().catch(() => {}) }
}

/** Holds back the word "you may send" for one resource; `reached` resolves when somebody waits for it. */
export async function closeGate(server: Server, arn: string) {
  const client = new Client(server.url)
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_advisory_lock($1)', [GATE_KEY])
  await client.query('insert into chaos_gate values ($1)', [arn])
  return {
    async isReached(): Promise<boolean> {
      const { rows } = await client.query(
        `select from pg_locks where locktype = 'advisory' and objid = ${GATE_KEY} and not granted`,
      )
      return rows.length > 0
    },
    async open(): Promise<void> {
      await client.query('delete from chaos_gate')
      await client.end()
    },
  }
}
