#pragma once

#include <alsa/asoundlib.h>

static inline void kugel_alsa_ignore(const char *file, int line, const char *function, int error,
                                     const char *format, ...) {
  (void)file, (void)line, (void)function, (void)error, (void)format;
}

/// ALSA prints its own errors to stderr; its handler is variadic, which Swift cannot write.
static inline void kugel_alsa_silence(void) { snd_lib_error_set_handler(kugel_alsa_ignore); }
