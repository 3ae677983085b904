// Importing `#server-only` marks a file that must never reach a browser: the condition in package.json has no browser target.
export {}
