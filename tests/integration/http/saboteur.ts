/** Loaded into a real server by `--import`: on SIGUSR2 it does what no code of ours does, as a faulty library might. */
process.on('SIGUSR2', () => {
  const fault = new Error('nobody handles this')
  if (process.env['SABOTAGE'] === 'throw') {
    setImmediate(() => {
      throw fault
    })
  } else {
    void Promise.reject(fault)
  }
})
