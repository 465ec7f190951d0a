// How much of the processor this thread has used, in ms: other processes on a busy machine do not count, as they would by the clock.
export function cpuTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
