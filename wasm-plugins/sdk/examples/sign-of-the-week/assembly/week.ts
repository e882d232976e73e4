/** Which week a time like `2026-11-22T12:00:00Z` is in: weeks begin on Mondays, by UTC, and are counted since 1970. */
export function weekOf(timestamp: string): i64 {
  const year = I64.parseInt(timestamp.substring(0, 4));
  const month = I64.parseInt(timestamp.substring(5, 7));
  const day = I64.parseInt(timestamp.substring(8, 10));
  return (daysSince1970(year, month, day) + 3) / 7; // the first of January 1970 was a Thursday
}

/** Years begin in March here, so that the leap day is a year's last. */
function daysSince1970(year: i64, month: i64, day: i64): i64 {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719469;
}
