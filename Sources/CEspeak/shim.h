#pragma once

#include <spawn.h>

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

// GNU's, which Swift's own view of the C library leaves out.
extern void closefrom(int lowest);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int lowest);
