#pragma once

#include <libwebsockets.h>

/// `LWS_PRE` is a macro that Swift does not import.
static inline size_t kugel_lws_pre(void) { return LWS_PRE; }
