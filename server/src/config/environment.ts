/** The only place in the server that reads `process.env`. */

export type Environment = Readonly<Record<string, string | undefined>>

export function processEnvironment(): Environment {
  // biome-ignore lint/style/noProcessEnv: this is the one file that may; everything else is handed a Config.
  return process.env
}
