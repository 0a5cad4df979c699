#include "CPrices.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

const unsigned char bursar_prices[] = {
#embed "prices.bin"
};

const size_t bursar_prices_size = sizeof bursar_prices;
