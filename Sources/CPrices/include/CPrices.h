#pragma once
#include <stddef.h>

/* The price list that is part of the program: how it is laid out says .ci/prices, which writes it. */
extern const unsigned char bursar_prices[];
extern const size_t bursar_prices_size;

/* Swift sees no array without a size. */
static inline const void *bursar_prices_address(void) { return bursar_prices; }
