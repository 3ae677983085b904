import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')
const unpack = `await (await import('@sparticuz/chromium')).default.executablePath()`

/**
 * The browser as told by CHROMIUM_PATH, or the headless shell that comes as a package (for Linux on x64): it takes half
 * of the CPU time of a whole browser, and is the same for everybody. Elsewhere what the computer has.
 */
export function browserPath(): string {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  if (process.platform === 'linux' && process.arch === 'x64') return packaged()
  const usual = [chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/google-chrome']
  return usual.find((path) => existsSync(path)) ?? chromium.executablePath()
}

/** Unpacked once, aside, and renamed: nobody starts half of it. */
function packaged(): string {
  const { version } = JSON.parse(readFileSync(resolve(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'))
  const folder = resolve(root, `.cache/chromium-${version}`)
  if (!existsSync(folder)) {
    const aside = `${folder}.${process.pid}`
    mkdirSync(aside, { recursive: true })
    execFileSync(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: root,
      // There the package unpacks.
      env: { ...process.env, TMPDIR: aside },
      stdio: 'inherit',
    })
    renameSync(aside, folder)
  }
  return resolve(folder, 'chromium')
}
