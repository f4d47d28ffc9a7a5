#pragma once

#include <signal.h>
#include <spawn.h>

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

// GNU's, which Swift's own view of the C library leaves out.
extern void closefrom(int lowest);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int lowest);

// Linking/espeak.ld sets these around what the library remembers.
extern char kugel_espeak_data[], kugel_espeak_data_end[], kugel_espeak_bss[], kugel_espeak_bss_end[];

static inline void *kugel_espeak_data_start(void) { return kugel_espeak_data; }
static inline long kugel_espeak_data_size(void) { return kugel_espeak_data_end - kugel_espeak_data; }
static inline void *kugel_espeak_bss_start(void) { return kugel_espeak_bss; }
static inline long kugel_espeak_bss_size(void) { return kugel_espeak_bss_end - kugel_espeak_bss; }
