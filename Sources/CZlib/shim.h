#pragma once
#include <zlib.h>

/* inflateInit2 is a macro that Swift does not see. */
static inline int bursar_inflate_init(z_streamp stream, int window_bits) { return inflateInit2(stream, window_bits); }
