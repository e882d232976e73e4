#include "days.h"

/* Days of an era of 400 years, and from the first of March of the year 0 to 1970. */
#define ERA 146097
#define EPOCH 719468

static int64_t digits(ss_text from, uint32_t start, uint32_t end) {
    int64_t number = 0;
    for (uint32_t at = start; at < end; at++) number = number * 10 + (from.bytes[at] - '0');
    return number;
}

/* Years begin in March here, so that the leap day is a year's last. */
int64_t day_of(ss_text timestamp) {
    if (timestamp.length < 10) return 0;
    int64_t month = digits(timestamp, 5, 7);
    int64_t year = digits(timestamp, 0, 4) - (month <= 2);
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + digits(timestamp, 8, 10) - 1;
    return 365 * year + year / 4 - year / 100 + year / 400 + day_of_year - EPOCH;
}

static void add_two_digits(ss_writer *to, int64_t number) {
    if (number < 10) ss_add(to, "0");
    ss_add_integer(to, number);
}

ss_text date_of(int64_t day) {
    int64_t since = day + EPOCH;
    int64_t of_era = since % ERA;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * of_year + 2) / 153;
    bool is_next_year = month >= 10;
    ss_writer date = ss_written();
    ss_add_integer(&date, since / ERA * 400 + year_of_era + is_next_year);
    ss_add(&date, "-");
    add_two_digits(&date, is_next_year ? month - 9 : month + 3);
    ss_add(&date, "-");
    add_two_digits(&date, of_year - (153 * month + 2) / 5 + 1);
    return ss_text_of(&date);
}
