/** Whether `npm run test:crash` runs: some tests do more rounds there, or wait as long as the promise allows. */
export const isLong = process.env['TANDEM_LONG'] === '1'
