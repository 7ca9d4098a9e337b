/** The processor time that an act takes, in milliseconds; unlike the clock on the wall, it does not count other work of the machine. */
export function cpuMilliseconds(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
