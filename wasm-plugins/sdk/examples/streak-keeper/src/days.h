/* Dates as days since 1970, by UTC. */
#ifndef DAYS_H
#define DAYS_H

#include "text.h"

/** The day of a time like `2026-11-22T12:00:00Z`; 0 when it is none. */
int64_t day_of(ss_text timestamp);

/** Such as `2026-11-22`. */
ss_text date_of(int64_t day);

#endif
