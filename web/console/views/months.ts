/** A month, given as `YYYY-MM`, in words. */
export function monthInWords(month: string, length: 'long' | 'short' | 'narrow'): string {
  const options: Intl.DateTimeFormatOptions =
    length === 'long' ? { month: 'long', year: 'numeric' } : { month: length };
  return new Intl.DateTimeFormat('en-IN', { ...options, timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
